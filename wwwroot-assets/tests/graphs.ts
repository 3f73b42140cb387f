import type { Card, Line, Wire } from '../src/routing/field';
import { areRelated } from '../src/routing/lanes';

export const STEP = 224;
export const ROW = 128;

export const card = (id: string, x: number, y: number, outputs = 1): Card =>
  ({ id, x, y, width: 160, height: outputs > 1 ? 32 * outputs + 32 : 80 });

export function wire(from: Card, to: Card, port = 0): Wire {
  return {
    id: `${from.id}.${port}>${to.id}`, source: from.id, port: `${port}`, target: to.id,
    from: { x: from.x + from.width, y: from.y + 40 + 32 * port }, to: { x: to.x, y: to.y + 40 },
  };
}

/** Numbers that look random and are the same every time. */
export function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
    return ((state >>> 8) & 0x7fffff) % below;
  };
}

/** Steps on the grid of the layout, with some cells left empty; most links lead to a neighbour, some far or back. */
export function onGrid(steps: number, links: number, seed: number, columns = 7): { cards: Card[]; wires: Wire[] } {
  const next = dice(seed);
  const cards: Card[] = [];
  for (let cell = 0; cards.length < steps; cell++) {
    if (next(5) === 0) continue;
    cards.push(card(`n${cards.length}`, (cell % columns) * STEP, Math.floor(cell / columns) * 2 * ROW, next(4) === 0 ? 2 : 1));
  }
  return { cards, wires: linked(cards, links, next) };
}

/** Steps anywhere on the grid of 16, none nearer to another than 32 px. */
export function anywhere(steps: number, links: number, seed: number, width = 2400, height = 1600): { cards: Card[]; wires: Wire[] } {
  const next = dice(seed);
  const cards: Card[] = [];
  for (let tries = 0; cards.length < steps && tries < steps * 100; tries++) {
    const made = card(`n${cards.length}`, next(width / 16) * 16, next(height / 16) * 16, next(4) === 0 ? 2 : 1);
    const free = cards.every((c) => made.x >= c.x + c.width + 48 || c.x >= made.x + made.width + 48
      || made.y >= c.y + c.height + 32 || c.y >= made.y + made.height + 32);
    if (free) cards.push(made);
  }
  return { cards, wires: linked(cards, links, next) };
}

function linked(cards: Card[], links: number, next: (below: number) => number): Wire[] {
  const wires = new Map<string, Wire>();
  for (let i = 1; i < cards.length; i++) {
    const before = cards[Math.max(0, i - 1 - next(2))];
    const made = wire(before, cards[i], before.height > 80 ? next(2) : 0);
    wires.set(made.id, made);
  }
  for (let tries = 0; wires.size < links && tries < links * 10; tries++) {
    const at = next(cards.length);
    const to = next(8) === 0 ? next(cards.length) : Math.min(cards.length - 1, at + 1 + next(6));
    if (at === to) continue;
    const made = wire(cards[at], cards[to], cards[at].height > 80 ? next(2) : 0);
    wires.set(made.id, made);
  }
  return [...wires.values()];
}

export interface Piece {
  level: boolean;
  at: number;
  lo: number;
  hi: number;
}

export const piecesOf = (line: Line): Piece[] => line.slice(1, -1).map((at, i) => (
  { level: i % 2 === 0, at, lo: Math.min(line[i], line[i + 2]), hi: Math.max(line[i], line[i + 2]) }));

/** The cards that a line runs through. The edges of a card belong to it no more. */
export const cardsUnder = (line: Line, cards: readonly Card[]): string[] => cards.filter((c) => piecesOf(line).some((p) => (p.level
  ? p.at > c.y && p.at < c.y + c.height && p.hi > c.x && p.lo < c.x + c.width
  : p.at > c.x && p.at < c.x + c.width && p.hi > c.y && p.lo < c.y + c.height))).map((c) => c.id);

/** Pairs of links without a port in common that lie on one another. */
export function coinciding(wires: readonly Wire[], lines: ReadonlyMap<string, Line>): string[] {
  const all = wires.flatMap((w) => piecesOf(lines.get(w.id) ?? []).map((p) => ({ ...p, wire: w })));
  const pairs = new Set<string>();
  for (const [i, p] of all.entries()) {
    for (const q of all.slice(i + 1)) {
      if (p.level !== q.level || Math.abs(p.at - q.at) >= 1 || p.hi <= q.lo || q.hi <= p.lo) continue;
      if (p.wire !== q.wire && !areRelated(p.wire, q.wire)) pairs.add(`${p.wire.id} | ${q.wire.id}`);
    }
  }
  return [...pairs];
}
