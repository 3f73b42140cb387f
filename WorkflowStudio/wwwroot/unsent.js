// While the server is away a click on one of its buttons is lost, and nobody would know. So it is said: in the bar at the top for every
// button and for what is done on the canvas, and beside the question for an answer, which is remembered until it has arrived
// (ApprovalCard.razor), over a reload of the page as well.
const bar = document.getElementById('components-reconnect-modal');
const lost = document.createElement('span');
lost.className = 'ws-reconnect-unsent';
lost.setAttribute('role', 'alert');
const isAway = () => bar.matches(
  '.ws-offline, .components-reconnect-show, .components-reconnect-retrying, .components-reconnect-failed, .components-reconnect-rejected');
// what the browser does by itself: menus that open, forms, the canvas, the bars' own buttons
const needsNobody =
  '#components-reconnect-modal *, #blazor-error-ui *, .react-flow *, [type=submit], [popovertarget]:not([popovertargetaction])';
const tell = (question) => question.querySelector('[data-unsent]')?.removeAttribute('hidden');

function say(name) {
  lost.textContent = ` “${name}” was not done. Choose it again when the studio is back.`;
  bar.append(lost);
}

// what the canvas asks for, by key or by mouse
window.addEventListener('ws-asked', ({ detail }) => isAway() && say(detail));

document.addEventListener('click', (e) => {
  const button = e.target.closest?.('button');
  if (!button || button.disabled || button.matches(needsNobody)) return;
  if (isAway()) {
    const name = button.getAttribute('aria-label') || button.lastChild?.textContent.trim() || 'That';
    say(name);
  }
  const question = button.matches('[data-must-arrive]') && button.closest('[data-question]');
  if (!question) return;
  const key = `ws-unsent-${question.dataset.question}`;
  sessionStorage.setItem(key, '1');
  if (isAway()) tell(question);
  else setTimeout(() => sessionStorage.getItem(key) && tell(question), 5000);
}, true);

new MutationObserver(() => isAway() || lost.remove()).observe(bar, { attributes: true, attributeFilter: ['class'] });
