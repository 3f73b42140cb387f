/** Where a key must be pressed to count: anywhere on the page, anywhere but in a field, or on the canvas itself. */
type Scope = 'page' | 'view' | 'canvas';

export interface Binding {
  command: string;
  scope: Scope;
  edits: boolean;
}

const bindings: Record<string, Binding> = {
  'ctrl+s': { command: 'save', scope: 'page', edits: true },
  'ctrl+enter': { command: 'run', scope: 'page', edits: true },
  'ctrl+z': { command: 'undo', scope: 'view', edits: true },
  'ctrl+shift+z': { command: 'redo', scope: 'view', edits: true },
  'ctrl+y': { command: 'redo', scope: 'view', edits: true },
  'n': { command: 'add', scope: 'view', edits: true },
  'ctrl+f': { command: 'find', scope: 'view', edits: false },
  'shift+alt+t': { command: 'tidy', scope: 'view', edits: true },
  'shift+?': { command: 'keys', scope: 'view', edits: false },
  '?': { command: 'keys', scope: 'view', edits: false }, // where the mark has a key of its own
  'd': { command: 'disable', scope: 'canvas', edits: true },
  'p': { command: 'pin', scope: 'canvas', edits: true },
  'ctrl+d': { command: 'duplicate', scope: 'canvas', edits: true },
  'ctrl+c': { command: 'copy', scope: 'canvas', edits: false },
  'ctrl+x': { command: 'cut', scope: 'canvas', edits: true },
  'ctrl+v': { command: 'paste', scope: 'canvas', edits: true },
  'f2': { command: 'rename', scope: 'canvas', edits: true },
  'enter': { command: 'open', scope: 'canvas', edits: false },
};

export const bindingOf = (chord: string): Binding | undefined => bindings[chord];

/** "ctrl+shift+z": the command key of a Mac counts as ctrl. */
export function chordOf(event: KeyboardEvent): string {
  // with Alt the key may be another character (a dagger on a Mac), so the place on the keyboard counts
  const key = event.altKey ? event.code.replace(/^(Key|Digit)/, '') : event.key;
  return [event.ctrlKey || event.metaKey ? 'ctrl' : '', event.shiftKey ? 'shift' : '', event.altKey ? 'alt' : '', key.toLowerCase()].filter(Boolean).join('+');
}
