export interface Point {
  x: number;
  y: number;
}

export interface Card {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A link to be drawn: from a port on the right of one card to the one on the left of another. */
export interface Wire {
  id: string;
  source: string;
  port: string;
  target: string;
  from: Point;
  to: Point;
}

/**
 * A right-angled line as numbers that alternate: x, y, x, y … x. It runs level at `line[1]` from `line[0]` to `line[2]`, then upright at
 * `line[2]` to `line[3]`, and so on. Piece k lies at `line[k]` between `line[k - 1]` and `line[k + 1]`; odd pieces are level.
 */
export type Line = number[];

/** How far a line keeps from cards. Below a card there is room for its caption. */
export interface Clearance {
  side: number;
  above: number;
  below: number;
}

/** Roomy first; the narrower ones are for crowded places. */
export const CLEARANCES: readonly Clearance[] = [
  { side: 12, above: 8, below: 24 },
  { side: 8, above: 6, below: 6 },
  { side: 2, above: 2, below: 2 },
];

export interface Span {
  lo: number;
  hi: number;
}

/** The cards as obstacles. */
export class Field {
  private readonly cards: readonly Card[];
  readonly byId: ReadonlyMap<string, Card>;

  constructor(cards: readonly Card[]) {
    this.cards = cards;
    this.byId = new Map(cards.map((c) => [c.id, c]));
  }

  get all(): readonly Card[] {
    return this.cards;
  }

  /** Whether a piece of a line comes too near to a card; touching the edge of the kept distance is allowed. */
  isClear(level: boolean, at: number, a: number, b: number, room: Clearance, except?: string): boolean {
    const lo = a < b ? a : b;
    const hi = a < b ? b : a;
    for (const c of this.cards) {
      const across = level
        ? at > c.y - room.above && at < c.y + c.height + room.below && hi > c.x - room.side && lo < c.x + c.width + room.side
        : at > c.x - room.side && at < c.x + c.width + room.side && hi > c.y - room.above && lo < c.y + c.height + room.below;
      if (across && c.id !== except) return false;
    }
    return true;
  }

  /** How far a level line gets from a port before a card is in its way. */
  reach(from: Point, direction: 1 | -1, room: Clearance, except: string): number {
    let limit = direction * Infinity;
    for (const c of this.cards) {
      if (c.id === except || from.y <= c.y - room.above || from.y >= c.y + c.height + room.below) continue;
      if (direction === 1 && c.x + c.width + room.side > from.x) limit = Math.min(limit, c.x - room.side);
      if (direction === -1 && c.x - room.side < from.x) limit = Math.max(limit, c.x + c.width + room.side);
    }
    return limit;
  }

  /** The places that pieces across this strip may not take, merged and in order. `level` is said of the pieces. */
  blocked(level: boolean, a: number, b: number, room: Clearance): Span[] {
    const lo = Math.min(a, b);
    const hi = Math.max(a, b);
    const spans: Span[] = [];
    for (const c of this.cards) {
      const [left, right, top, bottom] = [c.x - room.side, c.x + c.width + room.side, c.y - room.above, c.y + c.height + room.below];
      if (level && hi > left && lo < right) spans.push({ lo: top, hi: bottom });
      if (!level && hi > top && lo < bottom) spans.push({ lo: left, hi: right });
    }
    return merge(spans);
  }

  /** The stretch of an upright line at x that is free around y. */
  column(x: number, y: number, room: Clearance): Span {
    let [lo, hi] = [-Infinity, Infinity];
    for (const c of this.cards) {
      if (x <= c.x - room.side || x >= c.x + c.width + room.side) continue;
      const [top, bottom] = [c.y - room.above, c.y + c.height + room.below];
      if (bottom <= y) lo = Math.max(lo, bottom);
      else if (top >= y) hi = Math.min(hi, top);
      else return { lo: y, hi: y };
    }
    return { lo, hi };
  }
}

function merge(spans: Span[]): Span[] {
  spans.sort((p, q) => p.lo - q.lo || p.hi - q.hi);
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last && span.lo < last.hi) last.hi = Math.max(last.hi, span.hi);
    else merged.push({ ...span });
  }
  return merged;
}

/** The free place between lo and hi that is nearest to the wanted one; of two equally near the greater. */
export function nearestFree(blocked: Span[], lo: number, hi: number, wanted: number): number | undefined {
  if (lo > hi) return undefined;
  const at = Math.min(Math.max(wanted, lo), hi);
  const inside = blocked.find((s) => at > s.lo && at < s.hi);
  if (!inside) return at;
  const places = [inside.hi, inside.lo].filter((p) => p >= lo && p <= hi);
  return places.sort((p, q) => Math.abs(p - at) - Math.abs(q - at) || q - p)[0];
}
