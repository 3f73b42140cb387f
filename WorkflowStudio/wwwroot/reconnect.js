// A page whose place on the server is gone, after a restart for example, loads itself again. The editor waits for its reader: what was typed
// since the last save still stands in it and can be copied.
const bar = document.getElementById('components-reconnect-modal');
new MutationObserver(() => {
  if (bar.classList.contains('components-reconnect-rejected') && !location.pathname.endsWith('/editor')) location.reload();
}).observe(bar, { attributes: true, attributeFilter: ['class'] });
