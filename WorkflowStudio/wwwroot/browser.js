// What the studio's pages ask of the browser itself (Components/Shared/Browser/BrowserStore.cs).

export const isDark = () => document.documentElement.dataset.theme === 'dark';

/** The names in the cookie are those that people have there (Cookies.cs). */
export function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `WsTheme=${theme === 'dark' ? 'standard-dark' : 'standard'}; path=/; max-age=31536000; SameSite=Lax${secure}`;
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Gives a field the focus with its text selected, so that typing replaces it. */
export function selectText(field) {
  field.focus();
  field.select();
}

/** Follows a growing list, unless the reader has scrolled up in it. */
export function scrollToEnd(id) {
  const element = document.getElementById(id);
  if (!element) return;
  const left = element.scrollHeight - element.scrollTop - element.clientHeight;
  if (left < 160 || element.scrollTop === 0) element.scrollTop = element.scrollHeight;
}

/** Brings an entry of a list into view. */
export function show(id) {
  document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
}

/** Gives the first field that can be written to the focus; where there is none, the first button. */
export function focusFirstField(id) {
  const body = document.getElementById(id)?.querySelector('.inspector-body');
  const field = body?.querySelector('input:not([readonly], [disabled]), textarea:not([readonly]), select') ?? body?.querySelector('button');
  field?.focus();
  return Boolean(field);
}

/** What somebody chose for this browser alone. A browser that keeps nothing forgets it with the page. */
export function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function keep(key, text) {
  try {
    localStorage.setItem(key, text);
  } catch {
    // it holds as long as the page
  }
}

/** Whether an answer to a question was clicked that never reached the server (unsent.js); asked once, then forgotten. */
export function isUnsent(question) {
  const key = `ws-unsent-${question}`;
  const found = sessionStorage.getItem(key) !== null;
  sessionStorage.removeItem(key);
  return found;
}

export function arrived(question) {
  sessionStorage.removeItem(`ws-unsent-${question}`);
}
