import { CLEARANCES, Field, type Card, type Line, type Wire } from './field';
import { isPieceClear, Lanes, settleIn } from './lanes';
import { searchLine } from './search';
import { jogged, lengthOf, plain, shapesOf } from './shapes';

const PIECE = 30;
const MANY = 250; // among so many links a crossing more is not worth a second look

/** Every link's line, with what it was made from, so that a later routing can keep what is still right. */
export interface Routing {
  field: Field;
  wires: readonly Wire[];
  lines: ReadonlyMap<string, Line>;
  /** made while something is being dragged: only what the drag touched was looked at */
  provisional: boolean;
}

export const noRouting: Routing = { field: new Field([]), wires: [], lines: new Map(), provisional: false };

/** Routes everything. The same cards and wires always give the same lines, whatever was there before. */
export function routeAll(cards: readonly Card[], wires: readonly Wire[]): Routing {
  const field = new Field(cards);
  const lanes = new Lanes();
  const lines = new Map<string, Line>();
  const order = inOrder(wires);
  for (const wire of order) place(wire, field, lanes, lines);
  // those that came first did not know the others: a second look
  for (const wire of order) {
    const line = lines.get(wire.id);
    if (!line || line.length === 3) continue;
    lanes.remove(wire, line);
    if (wires.length > MANY ? lanes.isShared(wire, line) : lanes.costOf(wire, line) > 0) place(wire, field, lanes, lines);
    else lanes.add(wire, line);
  }
  return { field, wires, lines, provisional: false };
}

/** Routes what the moved cards touch: their links, and lines they came upon. The rest stays; `routeAll` follows when the drag ends. */
export function routeMoved(before: Routing, cards: readonly Card[], wires: readonly Wire[]): Routing {
  const field = new Field(cards);
  const moved = new Field(cards.filter((c) => !isSame(before.field.byId.get(c.id), c)));
  const known = new Map(before.wires.map((w) => [w.id, w]));
  const lanes = new Lanes();
  const lines = new Map<string, Line>();
  const open: Wire[] = [];
  for (const wire of wires) {
    const line = keep(before.lines.get(wire.id), known.get(wire.id), wire);
    if (!line || !isLineClear(line, wire, moved.byId.has(wire.source) ? field : moved)) open.push(wire);
    else {
      lines.set(wire.id, line);
      lanes.add(wire, line);
    }
  }
  for (const wire of inOrder(open)) place(wire, field, lanes, lines);
  return { field, wires, lines, provisional: true };
}

/** Whether nothing has changed that a line depends on. */
export function isCurrent(routing: Routing, cards: readonly Card[], wires: readonly Wire[]): boolean {
  return routing.field.all.length === cards.length && routing.wires.length === wires.length
    && cards.every((c, i) => routing.field.all[i].id === c.id && isSame(routing.field.all[i], c))
    && wires.every((w, i) => routing.wires[i].id === w.id && isSameWire(routing.wires[i], w));
}

const isSame = (a: Card | undefined, b: Card) => a?.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

const isSameWire = (a: Wire, b: Wire) => a.source === b.source && a.target === b.target && a.port === b.port
  && a.from.x === b.from.x && a.from.y === b.from.y && a.to.x === b.to.x && a.to.y === b.to.y;

// a line whose two ends moved alike moves with them
function keep(line: Line | undefined, old: Wire | undefined, now: Wire): Line | undefined {
  if (!line || old?.source !== now.source || old.target !== now.target || old.port !== now.port) return undefined;
  const [dx, dy] = [now.from.x - old.from.x, now.from.y - old.from.y];
  if (now.to.x - old.to.x !== dx || now.to.y - old.to.y !== dy) return undefined;
  return dx === 0 && dy === 0 ? line : line.map((n, i) => n + (i % 2 === 0 ? dx : dy));
}

function isLineClear(line: Line, wire: Wire, field: Field): boolean {
  for (let k = 1; k < line.length - 1; k++) if (!isPieceClear(line, k, wire, field)) return false;
  return true;
}

// what has the least choice comes first: straight lines, then forward ones, short before long
function inOrder(wires: readonly Wire[]): Wire[] {
  const rank = ({ from, to }: Wire) => (to.x < from.x ? 2 : from.y === to.y ? 0 : 1);
  const span = ({ from, to }: Wire) => Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
  return [...wires].sort((a, b) => rank(a) - rank(b) || span(a) - span(b)); // sort is stable: then as they come
}

function place(wire: Wire, field: Field, lanes: Lanes, lines: Map<string, Line>): void {
  let best: { line: Line; cost: number } | undefined;
  for (const [tightness, room] of CLEARANCES.entries()) {
    const shapes = [...shapesOf(field, wire, room), ...(best ? jogged(field, wire, room) : [])];
    const searched = shapes.length === 0 && !best && tightness > 0 ? searchLine(field, wire, room) : undefined;
    for (const shape of searched ? [searched] : shapes) {
      const line = settleIn(shape, wire, lanes, field, tightness);
      const cost = lanes.costOf(wire, line) + lengthOf(line) + PIECE * line.length;
      if (!best || cost < best.cost) best = { line, cost };
    }
    if (best && !lanes.isShared(wire, best.line)) break; // a lane of its own; else a narrower gap may have one
  }
  const line = best?.line ?? plain(wire);
  lines.set(wire.id, line);
  lanes.add(wire, line);
}
