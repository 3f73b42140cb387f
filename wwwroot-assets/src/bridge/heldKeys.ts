import type { CanvasCommand } from '../contract/wire';

const WAITS_MS = 3000;

export type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/**
 * Some commands bring a field, which comes from the server. What is typed until it has the focus belongs to it and is no command
 * of the canvas.
 */
export class HeldKeys {
  private until = 0;
  private typed = '';

  constructor(private readonly now: () => number, private readonly commands: Pick<CanvasCommand, 'name' | 'bringsField'>[]) {}

  /** A command was sent to the server. */
  expect(command: string): void {
    if (!this.commands.some((c) => c.name === command && c.bringsField)) return;
    this.until = this.now() + WAITS_MS;
    this.typed = '';
  }

  /** Whether a key that was pressed outside of fields is held back from the canvas. */
  press({ key, ctrlKey, metaKey, altKey }: Key): boolean {
    if (this.now() >= this.until || ctrlKey || metaKey || altKey) return false;
    if (key === 'Escape') this.until = 0;
    if (key === 'Backspace') this.typed = this.typed.slice(0, -1);
    if (key.length === 1 && (key !== ' ' || this.typed !== '')) this.typed += key;
    // Space moves the canvas and presses buttons, and spoils nothing
    return (key.length === 1 && key !== ' ') || key === 'Backspace' || key === 'Delete' || key === 'Enter';
  }

  /** Something has the focus now: what was typed for it. */
  focused(): string {
    const typed = this.now() < this.until ? this.typed : '';
    this.until = 0;
    this.typed = '';
    return typed;
  }
}

/** Holds keys back on this page. */
export function holdKeys(held: HeldKeys): () => void {
  const press = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement || !held.press(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const focus = ({ target }: FocusEvent) => {
    const typed = held.focused();
    if (typed === '' || !(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return;
    // as if it were typed now; a moment later, since a name is selected as a whole once it has the focus
    queueMicrotask(() => document.execCommand('insertText', false, typed));
  };
  document.addEventListener('keydown', press, true);
  document.addEventListener('focusin', focus);
  return () => {
    document.removeEventListener('keydown', press, true);
    document.removeEventListener('focusin', focus);
  };
}
