import type { Notifier, Selection } from '../contract/callbacks';
import type { CanvasCommand } from '../contract/wire';

/** The part of Blazor's DotNetObjectReference that is used here. */
export interface DotNetObject {
  invokeMethodAsync(method: string, ...args: unknown[]): Promise<unknown>;
}

// A message over 32 kB ends the circuit. Lists go in pieces; C# collects them until `more` is false.
const PIECE = 150;

// the commands that these calls stand for; what is moved is kept (kept.js), and a selection is no loss
const ASKED: Record<string, string> = { Drop: 'add', Picker: 'add', Splice: 'add', Delete: 'delete' };

export interface NotifierHandle extends Notifier {
  close(): void;
}

/** `sent` is told of every command. */
export function createNotifier(
  dotnet: DotNetObject, commands: Pick<CanvasCommand, 'name' | 'words'>[], sent: (command: string) => void = () => {},
): NotifierHandle {
  let open = true;

  // what people call it, for the bar that says that it was not done (unsent.js)
  const wordsOf = (method: string, command: unknown) =>
    method === 'Connect' ? 'Link' : commands.find((c) => c.name === (method === 'Command' ? command : ASKED[method]))?.words;
  const call = (method: string, ...args: unknown[]) => {
    if (!open) return;
    const words = wordsOf(method, args[0]);
    if (words) window.dispatchEvent(new CustomEvent('ws-asked', { detail: words }));
    dotnet.invokeMethodAsync(method, ...args).catch((error: unknown) => {
      if (open) console.error(`canvas: ${method} failed`, error);
    });
  };
  const pieces = <T>(items: T[], send: (piece: T[], more: boolean) => void) => {
    for (let at = 0; at < items.length; at += PIECE) send(items.slice(at, at + PIECE), at + PIECE < items.length);
  };
  const selection = (method: string, { nodeIds, linkIds }: Selection) => {
    const ids = [...nodeIds.map((id) => ({ id, link: false })), ...linkIds.map((id) => ({ id, link: true }))];
    if (ids.length === 0) call(method, { nodeIds, linkIds }, false);
    pieces(ids, (piece, more) =>
      call(method, {
        nodeIds: piece.filter((i) => !i.link).map((i) => i.id),
        linkIds: piece.filter((i) => i.link).map((i) => i.id),
      }, more));
  };

  return {
    moved: (moves) => {
      pieces(moves, (piece, more) => call('Moved', piece, more));
      // after the calls: what keeps changes for a server that cannot hear them counts in this order (kept.js)
      window.dispatchEvent(new CustomEvent('ws-moved', { detail: moves }));
    },
    connect: (request) => call('Connect', request),
    drop: (request) => call('Drop', request),
    picker: (request) => call('Picker', request),
    splice: (request) => call('Splice', request),
    remove: (removed) => selection('Delete', removed),
    select: (selected) => selection('Select', selected),
    command: (name) => {
      call('Command', name);
      sent(name);
    },
    close: () => {
      open = false;
    },
  };
}
