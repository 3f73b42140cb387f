const WAITS_MS = 3000;

/**
 * The box of Ctrl+F comes from the server. What is typed until it has the focus belongs to it and is no command of the canvas.
 */
export function listenToFinding(): () => void {
  let since = 0;
  let typed = '';
  const press = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f') {
      since = performance.now();
      typed = '';
      return;
    }
    const plain = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (since === 0 || performance.now() - since > WAITS_MS || !plain || event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
    typed += event.key;
    event.preventDefault();
    event.stopPropagation();
  };
  const focus = (event: FocusEvent) => {
    if (!(event.target instanceof HTMLInputElement) || !('finding' in event.target.dataset)) return;
    since = 0;
    if (typed === '') return;
    event.target.value = typed;
    typed = '';
    event.target.dispatchEvent(new Event('input', { bubbles: true }));
  };
  document.addEventListener('keydown', press, true);
  document.addEventListener('focusin', focus);
  return () => {
    document.removeEventListener('keydown', press, true);
    document.removeEventListener('focusin', focus);
  };
}
