// A dialog hears Escape only once the server knows that it is drawn, a side sheet only once it has the focus (Radzen). Pressed earlier, the key
// waits for that, unless something else is done meanwhile.
let held = null;
const top = () => [...document.querySelectorAll('.rz-dialog, .rz-dialog-side')].at(-1);
const hears = (dialog) => (dialog.matches('.rz-dialog-side') ? dialog.contains(document.activeElement) : Boolean(dialog.querySelector('.rz-dialog-content')?.options));

function wait() {
  if (!held?.isConnected) held = null;
  else if (!hears(held)) requestAnimationFrame(wait);
  else {
    const target = held.contains(document.activeElement) ? document.activeElement : held;
    held = null;
    target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', code: 'Escape', bubbles: true }));
  }
}

window.addEventListener('keydown', (event) => {
  if (!event.isTrusted) return;
  const dialog = event.key === 'Escape' ? top() : null;
  held = dialog && !hears(dialog) ? dialog : null;
  if (held) wait();
}, true);
window.addEventListener('pointerdown', () => { held = null; }, true);
