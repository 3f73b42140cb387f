// A page whose place on the server is gone, after a restart for example, loads itself again. The editor waits for its reader: what was
// typed since the last save still stands in it, and is offered once it is loaded again (kept.js). So does a form that somebody fills in:
// what stands in it can be read and copied.
const bar = document.getElementById('components-reconnect-modal');
new MutationObserver(() => {
  const waits = location.pathname.endsWith('/editor') || document.querySelector('[data-waits]');
  if (bar.classList.contains('components-reconnect-rejected') && !waits) location.reload();
  if (bar.classList.contains('components-reconnect-hide')) tellAgain();
}).observe(bar, { attributes: true, attributeFilter: ['class'] });

// What was typed while the connection was gone stands in the fields, and the server has not heard of it: it is told of all of them once
// more when it is back. To a field that has not changed that changes nothing.
function tellAgain() {
  for (const field of document.querySelectorAll('[data-waits] :is(input:not([type=file], [type=radio]:not(:checked)), select, textarea)'))
    for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
}

// A connection notices only after half a minute that there is no network; the browser knows at once. A server on this machine answers all
// the same.
const offline = (is) => bar.classList.toggle('ws-offline', is);
window.addEventListener('offline', () =>
  fetch('/health/live', { cache: 'no-store', signal: AbortSignal.timeout(3000) }).catch(() => offline(!navigator.onLine)));
window.addEventListener('online', () => offline(false));

// What MudBlazor's scripts want to tell the server meanwhile (a size that changed) is lost like a click: the bar says that the server is
// away.
window.addEventListener('unhandledrejection', (event) => {
  if (/connection is not in the 'Connected' State/.test(event.reason?.message)) event.preventDefault();
});

// Not links: the router of the page would take them, and it is dead. And not before the server answers, or the browser would show its own
// error.
document.addEventListener('click', async (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-load-again]') : null;
  if (!button) return;
  const note = button.parentElement.querySelector('[data-load-note]');
  try {
    if (!(await fetch('/health/live', { cache: 'no-store' })).ok) throw new Error();
  } catch {
    if (note) note.textContent = ' The server does not answer yet.';
    return;
  }
  window.dispatchEvent(new Event('ws-load-again'));
  location.reload();
}, true);
