import { bridgesOf } from '../routing/bridges';
import { crowdedLinks } from '../routing/crowds';
import type { Card, Wire } from '../routing/field';
import { routeOf } from '../routing/path';
import { isCurrent, routeAll, routeMoved, type Routing } from '../routing/router';
import { boxOf, isStep, type CanvasDocument, type FlowLink, type FlowNode, type StepFlowNode } from './document';
import { NODE_WIDTH, portY } from './geometry';

export const HIT_WIDTH = 40;
const NARROW_HIT_WIDTH = 12;
const NOTE_HEIGHT = 80; // until the page knows better

/** Gives every link its way. Links that keep theirs keep their identity, so React skips them. */
export function withRoutes(doc: CanvasDocument): CanvasDocument {
  const { cards, wires } = of(doc);
  return !doc.routing.provisional && isCurrent(doc.routing, cards, wires) ? doc : withHitWidths(drawn(doc, routeAll(cards, wires)));
}

/** The same while steps are being dragged: only the links that this concerns. */
export function withMovedRoutes(doc: CanvasDocument): CanvasDocument {
  const { cards, wires } = of(doc);
  return isCurrent(doc.routing, cards, wires) ? doc : drawn(doc, routeMoved(doc.routing, cards, wires));
}

// where links run side by side, the pointer has to tell them apart
function withHitWidths(doc: CanvasDocument): CanvasDocument {
  const crowded = crowdedLinks(doc.routing.lines, HIT_WIDTH);
  const links = doc.links.map((link) => {
    const hitWidth = crowded.has(link.id) ? NARROW_HIT_WIDTH : HIT_WIDTH;
    return link.data?.hitWidth === hitWidth ? link : { ...link, data: { ...link.data, hitWidth } };
  });
  return { ...doc, links };
}

function of({ nodes, links }: CanvasDocument): { cards: Card[]; wires: Wire[] } {
  const steps = new Map(nodes.filter(isStep).map((n) => [n.id, n]));
  const boxes = [...steps.values()].map(cardOf);
  // a note that lies behind steps is their background, not something to go round
  const notes = nodes.filter((n) => n.type === 'note').map(cardOf).filter((note) => !boxes.some((box) => overlap(note, box)));
  const cards = [...boxes, ...notes];
  const wires = links.flatMap((link) => wireOf(link, steps.get(link.source), steps.get(link.target)) ?? []);
  return { cards, wires };
}

const overlap = (a: Card, b: Card) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const cardOf = (node: FlowNode): Card => (isStep(node)
  ? { id: node.id, ...boxOf(node) }
  : { id: node.id, ...node.position, width: node.measured?.width ?? node.initialWidth ?? 0, height: node.measured?.height ?? NOTE_HEIGHT });

function wireOf({ id, sourceHandle }: FlowLink, source: StepFlowNode | undefined, target: StepFlowNode | undefined): Wire | undefined {
  if (!source || !target) return undefined;
  const port = sourceHandle ?? '';
  const index = Math.max(source.data.step.outputs.findIndex((p) => p.id === port), 0);
  return {
    id, source: source.id, port, target: target.id,
    from: { x: source.position.x + NODE_WIDTH, y: source.position.y + portY(index) },
    to: { x: target.position.x, y: target.position.y + portY(0) },
  };
}

function drawn(doc: CanvasDocument, routing: Routing): CanvasDocument {
  const bridges = bridgesOf(routing.wires, routing.lines);
  const links = doc.links.map((link) => {
    const line = routing.lines.get(link.id);
    const route = line && routeOf(line, bridges.get(link.id));
    return route?.path === link.data?.route?.path ? link : { ...link, data: { ...link.data, route } };
  });
  return { ...doc, links, routing };
}
