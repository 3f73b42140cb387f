import type { CanvasCommand } from '../contract/wire';

/** The part of a KeyboardEvent that is used here. */
export type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Where a key was pressed. */
export interface Place {
  /** on the canvas */
  inside: boolean;
  /** in a field or a dialog, which has its own keys */
  quiet: boolean;
  /** on a button, which Enter presses */
  onButton: boolean;
}

/** "ctrl+shift+z": the command key of a Mac counts as ctrl. */
export function chordOf({ key, code, ctrlKey, metaKey, shiftKey, altKey }: Press): string {
  // with Alt the key may be another character (a dagger on a Mac), so the place on the keyboard counts
  const name = altKey ? code.replace(/^(Key|Digit)/, '') : key;
  // whether a mark needs Shift is a matter of the keyboard: "?" is the same key everywhere
  const isMark = !altKey && name.length === 1 && name.toLowerCase() === name.toUpperCase();
  const held = [ctrlKey || metaKey ? 'ctrl' : '', shiftKey && !isMark ? 'shift' : '', altKey ? 'alt' : ''];
  return [...held, name.toLowerCase()].filter(Boolean).join('+');
}

/** Tells which of the commands a key asks for. */
export function keysOf(commands: CanvasCommand[]): (press: Press, place: Place, editable: boolean) => CanvasCommand | undefined {
  const byChord = new Map(commands.flatMap((command) => command.keys.map((key) => [key.toLowerCase(), command] as const)));
  return (press, { inside, quiet, onButton }, editable) => {
    const chord = chordOf(press);
    const command = byChord.get(chord);
    if (!command || (command.edits && !editable)) return undefined;
    const reaches = command.reach === 'page' || (!quiet && (command.reach === 'view' || (inside && !(onButton && chord === 'enter'))));
    return reaches ? command : undefined;
  };
}
