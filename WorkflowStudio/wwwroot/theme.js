// The first visit takes the theme that the system prefers, before anything is drawn. From then on the cookie decides, and the server draws
// the right one from the first byte.
if (!/(^|; )WsTheme=/.test(document.cookie) && matchMedia('(prefers-color-scheme: dark)').matches) {
  document.cookie = 'WsTheme=standard-dark; path=/; SameSite=Lax';
  document.documentElement.dataset.theme = 'dark';
}
