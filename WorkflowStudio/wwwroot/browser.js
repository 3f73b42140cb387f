// What the studio's pages ask of the browser itself (Components/Shared/Browser/BrowserStore.cs).

export function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

export function scrollToEnd(id) {
  const element = document.getElementById(id);
  if (element) element.scrollTop = element.scrollHeight;
}
