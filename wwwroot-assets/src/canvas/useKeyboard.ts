import { useEffect, useRef } from 'react';
import { useReactFlow } from '@xyflow/react';
import type { Notifier } from '../contract/callbacks';
import { isStep, type CanvasDocument, type FlowLink, type FlowNode } from '../graph/document';
import { neighbour, reachable, type Direction } from '../graph/neighbours';
import { isInDialog, isTyping } from './focus';
import { bindingOf, chordOf } from './keys';

interface Keyboard {
  host: HTMLElement;
  doc: CanvasDocument;
  editable: boolean;
  commands: string[];
  notify: Notifier;
  select(ids: string[]): void;
  walkTo(id: string): void;
  fit(): void;
}

const arrows: Record<string, Direction> = { arrowleft: 'left', arrowright: 'right', arrowup: 'up', arrowdown: 'down' };

export function useKeyboard(keyboard: Keyboard): void {
  const latest = useRef(keyboard);
  latest.current = keyboard;
  const flow = useReactFlow<FlowNode, FlowLink>();

  useEffect(() => {
    const zoom: Record<string, () => unknown> = {
      '+': () => flow.zoomIn(), 'shift++': () => flow.zoomIn(), '=': () => flow.zoomIn(), '-': () => flow.zoomOut(),
      '0': () => latest.current.fit(), '1': () => flow.zoomTo(1),
    };
    const press = (event: KeyboardEvent) => {
      const { host, editable, commands, notify } = latest.current;
      if (event.defaultPrevented || event.isComposing) return;
      const chord = chordOf(event);
      const binding = bindingOf(chord);
      const inside = event.target === document.body || (event.target instanceof Node && host.contains(event.target));
      const quiet = isTyping(event.target) || isInDialog(event.target);
      const onButton = event.target instanceof HTMLButtonElement;

      const reaches = binding && (binding.scope === 'page' || (!quiet && (binding.scope === 'view' || (inside && !(onButton && chord === 'enter')))));
      if (binding && reaches && (editable || !binding.edits) && commands.includes(binding.command)) {
        if (binding.command === 'copy' && window.getSelection()?.isCollapsed === false) return;
        event.preventDefault();
        notify.command(binding.command);
        return;
      }
      if (quiet || !inside) return;
      const act = zoom[chord] ?? canvasKey(chord, latest.current);
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [flow]);
}

function canvasKey(chord: string, { doc, editable, notify, select, walkTo }: Keyboard): (() => void) | undefined {
  const steps = doc.nodes.filter(isStep);
  const selected = steps.filter((n) => n.selected).map((n) => n.id);
  const links = doc.links.filter((l) => l.selected && !selected.includes(l.source) && !selected.includes(l.target)).map((l) => l.id);
  switch (chord) {
    case 'delete':
    case 'backspace':
      return editable && selected.length + links.length > 0 ? () => notify.remove({ nodeIds: selected, linkIds: links }) : undefined;
    case 'ctrl+a': return () => select(steps.map((n) => n.id));
    case 'escape': return () => select([]);
    case 'shift+arrowleft': return () => select(reachable(doc.links, selected, 'left'));
    case 'shift+arrowright': return () => select(reachable(doc.links, selected, 'right'));
  }
  const direction = arrows[chord];
  if (!direction || steps.length === 0) return undefined;
  return () => {
    const from = selected.at(-1);
    const places = steps.map((n) => ({ id: n.id, ...n.position }));
    const next = from ? neighbour(places, doc.links, from, direction) : (steps.find((n) => n.data.step.kind === 'trigger') ?? steps[0]).id;
    if (next) walkTo(next);
  };
}
