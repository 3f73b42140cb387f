// A dialog has the focus and hears Escape from the moment it is seen, without asking the server: Escape clicks its way out, Tab stays in
// it, and the focus goes to what asks for it (autofocus), else to the first that can have it, and back to where it was when the dialog
// goes.
const CAN_HAVE_FOCUS =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex="0"]';
const TRAP = '.mud-focus-trap, .mud-focus-trap > *'; // MudBlazor's own: it would take the focus when the server is asked
const open = []; // from the lowest to the one on top: { dialog, before, last }

const inside = (dialog) => [...dialog.querySelectorAll(CAN_HAVE_FOCUS)].filter((e) => !e.matches(TRAP) && e.checkVisibility());

function follow() {
  const shown = [...document.querySelectorAll('.mud-dialog')];
  while (open.length && !shown.includes(open.at(-1).dialog)) {
    const { before } = open.pop();
    if (before?.isConnected && (document.activeElement === document.body || !document.activeElement)) before.focus();
  }
  for (const dialog of shown) {
    if (open.some((o) => o.dialog === dialog)) continue;
    const first = dialog.querySelector('[autofocus]') ?? inside(dialog)[0];
    if (!first) continue; // its frame alone is drawn so far
    open.push({ dialog, before: document.activeElement, last: first });
    first.focus();
  }
}

function keep({ target }) {
  const top = open.at(-1);
  if (!top?.dialog.contains(target)) return;
  if (target.matches(TRAP)) top.last.focus();
  else top.last = target;
}

function turn(event, dialog) {
  const all = inside(dialog);
  const at = all.indexOf(document.activeElement);
  if (!all.length || (at >= 0 && at !== (event.shiftKey ? 0 : all.length - 1))) return;
  event.preventDefault();
  all.at(event.shiftKey ? -1 : 0).focus();
}

function leave(event, dialog) {
  if (event.isComposing || dialog.querySelector(':popover-open')) return;
  event.preventDefault();
  event.stopPropagation();
  dialog.querySelector('[data-escape]')?.click();
}

new MutationObserver(follow).observe(document.body, { childList: true, subtree: true });
window.addEventListener('focusin', keep);
window.addEventListener('keydown', (event) => {
  const dialog = open.at(-1)?.dialog;
  if (!dialog?.isConnected) return;
  if (event.key === 'Escape') leave(event, dialog);
  else if (event.key === 'Tab') turn(event, dialog);
}, true);
