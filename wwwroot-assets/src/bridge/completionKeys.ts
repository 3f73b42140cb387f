const LIST_KEYS = new Set(['ArrowUp', 'ArrowDown', 'Enter', 'Tab', 'Escape']);

/**
 * While a list of proposals is open ([data-completing]), its keys belong to the list: C# hears them all the same, but cannot keep them from
 * the field. In fields of one line, Enter never makes a new line.
 */
export function listenToCompletions(): () => void {
  const press = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.ctrlKey || event.metaKey) return; // Ctrl+Enter runs the workflow from anywhere
    const completing = LIST_KEYS.has(event.key) && event.target.closest('[data-completing]') !== null;
    if (completing || (event.key === 'Enter' && event.target.dataset.oneLine)) event.preventDefault();
  };
  document.addEventListener('keydown', press, true);
  return () => document.removeEventListener('keydown', press, true);
}
