import { useEffect, useMemo, useRef } from 'react';
import { useReactFlow } from '@xyflow/react';
import type { Notifier } from '../contract/callbacks';
import type { CanvasCommand } from '../contract/wire';
import { isStep, type CanvasDocument, type FlowLink, type FlowNode } from '../graph/document';
import { neighbour, reachable, type Direction } from '../graph/neighbours';
import { isInDialog, isTyping } from './focus';
import { keysOf } from './keys';

interface Keyboard {
  host: HTMLElement;
  doc: CanvasDocument;
  editable: boolean;
  commands: CanvasCommand[];
  notify: Notifier;
  select(ids: string[]): void;
  walkTo(id: string): void;
  fit(): void;
}

const arrows: Record<string, Direction> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

export function useKeyboard(keyboard: Keyboard): void {
  const commandOf = useMemo(() => keysOf(keyboard.commands), [keyboard.commands]);
  const latest = useRef({ ...keyboard, commandOf });
  latest.current = { ...keyboard, commandOf };
  const flow = useReactFlow<FlowNode, FlowLink>();

  useEffect(() => {
    const zoom: Partial<Record<string, () => unknown>> = {
      zoomIn: () => flow.zoomIn(), zoomOut: () => flow.zoomOut(), showAll: () => latest.current.fit(), actualSize: () => flow.zoomTo(1),
    };
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const { host, editable, notify } = latest.current;
      const { target } = event;
      const place = {
        inside: target === document.body || (target instanceof Node && host.contains(target)),
        quiet: isTyping(target) || isInDialog(target),
        onButton: target instanceof HTMLButtonElement,
      };
      const command = latest.current.commandOf(event, place, editable);
      if (!command || (command.name === 'copy' && window.getSelection()?.isCollapsed === false)) return;
      const own = zoom[command.name] ?? ownAct(command.name, event.key, latest.current);
      if (own === 'nothing to do') return;
      event.preventDefault();
      if (own) own();
      else notify.command(command.name);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [flow]);
}

/** What the canvas does itself; undefined for what the page does. */
function ownAct(command: string, key: string, { doc, notify, select, walkTo }: Keyboard): (() => void) | 'nothing to do' | undefined {
  const steps = doc.nodes.filter(isStep);
  const selected = steps.filter((n) => n.selected).map((n) => n.id);
  const links = doc.links.filter((l) => l.selected && !selected.includes(l.source) && !selected.includes(l.target)).map((l) => l.id);
  switch (command) {
    case 'delete': return selected.length + links.length > 0 ? () => notify.remove({ nodeIds: selected, linkIds: links }) : 'nothing to do';
    case 'selectAll': return () => select(steps.map((n) => n.id));
    case 'selectNone': return () => select([]);
    case 'selectBefore': return () => select(reachable(doc.links, selected, 'left'));
    case 'selectAfter': return () => select(reachable(doc.links, selected, 'right'));
    case 'walk': return steps.length === 0 ? 'nothing to do' : () => {
      const from = selected.at(-1);
      const places = steps.map((n) => ({ id: n.id, ...n.position }));
      const first = steps.find((n) => n.data.step.kind === 'trigger') ?? steps[0];
      const next = from ? neighbour(places, doc.links, from, arrows[key]) : first.id;
      if (next) walkTo(next);
    };
    default: return undefined;
  }
}
