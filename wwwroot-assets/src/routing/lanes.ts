import { CLEARANCES, type Clearance, type Field, type Line, type Wire } from './field';
import { tidy } from './shapes';

const CELL = 64;
const LONG_CELL = 256;
const APART = 8;
const STUB = 8;
const NEAR_LANES = [8, -8, 16, -16];
const MORE_LANES = [24, -24, 4, -4, 12, -12, 20, -20, 2, -2, 6, -6, 32, -32, 40, -40];
/** What it costs to lie on another link. */
export const OVERLAP = 1000;
const TIGHT = 60;
const UNLIKE = 6; // of one port, but beside each other instead of one on the other
const CROSSING = 24;
const PER_OFFSET = 0.25;

interface Piece {
  at: number;
  lo: number;
  hi: number;
  wire: Wire;
}

/** Links of one port, and links to one step, may share their way; all others have lanes of their own. */
export const areRelated = (a: Wire, b: Wire) => a.target === b.target || (a.source === b.source && a.port === b.port);

/** The lines that are drawn already, in cells of the plane, so that a look at one place sees few of them. */
export class Lanes {
  private readonly level = new Map<number, Piece[]>();
  private readonly upright = new Map<number, Piece[]>();

  add(wire: Wire, line: Line): void {
    for (let k = 1; k < line.length - 1; k++) {
      const piece = { at: line[k], lo: Math.min(line[k - 1], line[k + 1]), hi: Math.max(line[k - 1], line[k + 1]), wire };
      const cells = k % 2 === 1 ? this.level : this.upright;
      for (let along = cellOf(piece.lo - APART, LONG_CELL); along <= cellOf(piece.hi + APART, LONG_CELL); along++) {
        const key = keyOf(cellOf(piece.at, CELL), along);
        const there = cells.get(key);
        if (there) there.push(piece);
        else cells.set(key, [piece]);
      }
    }
  }

  remove(wire: Wire, line: Line): void {
    for (let k = 1; k < line.length - 1; k++) {
      const cells = k % 2 === 1 ? this.level : this.upright;
      const [lo, hi] = [Math.min(line[k - 1], line[k + 1]), Math.max(line[k - 1], line[k + 1])];
      for (let along = cellOf(lo - APART, LONG_CELL); along <= cellOf(hi + APART, LONG_CELL); along++) {
        const key = keyOf(cellOf(line[k], CELL), along);
        cells.set(key, (cells.get(key) ?? []).filter((p) => p.wire !== wire));
      }
    }
  }

  /** What it costs to lie here: running in or close beside another's lane, and crossing others. Stops counting at `most`. */
  cost(wire: Wire, line: Line, k: number, most = Infinity): number {
    const cost = this.closeness(wire, line, k);
    return cost >= most ? cost : cost + this.crossings(wire, line, k, most - cost);
  }

  /** Whether a line lies on another one. */
  isShared(wire: Wire, line: Line): boolean {
    for (let k = 1; k < line.length - 1; k++) if (this.closeness(wire, line, k) >= OVERLAP) return true;
    return false;
  }

  costOf(wire: Wire, line: Line, most = Infinity): number {
    let cost = 0;
    for (let k = 1; k < line.length - 1 && cost < most; k++) cost += this.cost(wire, line, k);
    return cost;
  }

  private closeness(wire: Wire, line: Line, k: number): number {
    const beside = k % 2 === 1 ? this.level : this.upright;
    const at = line[k];
    const lo = Math.min(line[k - 1], line[k + 1]);
    const hi = Math.max(line[k - 1], line[k + 1]);
    let cost = 0;
    for (let cell = cellOf(at - APART, CELL); cell <= cellOf(at + APART, CELL); cell++) {
      for (let along = cellOf(lo, LONG_CELL); along <= cellOf(hi, LONG_CELL); along++) {
        for (const p of beside.get(keyOf(cell, along)) ?? NONE) {
          const distance = Math.abs(p.at - at);
          // ends that touch count: the next piece of one would lie on the other
          if (distance > APART || p.hi < lo - 2 || p.lo > hi + 2 || cellOf(Math.max(lo, p.lo), LONG_CELL) !== along) continue;
          if (areRelated(p.wire, wire)) cost += distance > 0 ? UNLIKE : 0;
          else if (distance < APART) cost += distance < 2 ? OVERLAP : TIGHT / distance;
        }
      }
    }
    return cost;
  }

  private crossings(wire: Wire, line: Line, k: number, most: number): number {
    const across = k % 2 === 1 ? this.upright : this.level;
    const at = line[k];
    const lo = Math.min(line[k - 1], line[k + 1]);
    const hi = Math.max(line[k - 1], line[k + 1]);
    let cost = 0;
    const along = cellOf(at, LONG_CELL);
    for (let cell = cellOf(lo, CELL); cell <= cellOf(hi, CELL); cell++) {
      for (const p of across.get(keyOf(cell, along)) ?? NONE) {
        if (p.at > lo && p.at < hi && p.lo < at && p.hi > at && !areRelated(p.wire, wire)) cost += CROSSING;
      }
      if (cost >= most) return cost;
    }
    return cost;
  }
}

const NONE: Piece[] = [];
const cellOf = (n: number, size: number) => Math.floor(n / size);
// a small integer, which a Map finds fastest; what lies a million pixels away shares a cell, which only costs a look
const keyOf = (cell: number, along: number) => ((cell & 0x7fff) << 15) | (along & 0x7fff);

/** Moves the inner pieces of a line sideways, a few pixels each, to where they meet the fewest others. */
export function settleIn(line: Line, wire: Wire, lanes: Lanes, field: Field, tightness: number): Line {
  let settled = line;
  for (let round = 0; round < 2; round++) {
    const total = lanes.costOf(wire, settled, round > 0 ? OVERLAP : 1);
    if (total === 0 || (round > 0 && total < OVERLAP)) break;
    for (let k = 2; k < line.length - 2; k++) settled = shift(settled, k, wire, lanes, field, tightness);
  }
  return tidy(settled);
}

function shift(line: Line, k: number, wire: Wire, lanes: Lanes, field: Field, tightness: number): Line {
  const around = (l: Line, most: number) => {
    let cost = 0;
    for (let i = k - 1; i <= k + 1 && cost < most; i++) cost += lanes.cost(wire, l, i, most - cost);
    return cost;
  };
  let best = { line, cost: around(line, Infinity) };
  const tryAll = (offsets: number[], room: Clearance) => {
    for (const offset of offsets) {
      const way = Math.abs(offset) * PER_OFFSET;
      if (way >= best.cost) continue;
      const moved = [...line];
      moved[k] += offset;
      if ((k === 2 && moved[k] < line[0] + STUB) || (k === line.length - 3 && moved[k] > line[line.length - 1] - STUB)) continue;
      const cost = around(moved, best.cost - way) + way;
      if (cost < best.cost && [k - 1, k, k + 1].every((i) => isPieceClear(moved, i, wire, field, room))) best = { line: moved, cost };
    }
  };
  const room = CLEARANCES[Math.max(tightness, 1)];
  tryAll(NEAR_LANES, room);
  if (best.cost >= OVERLAP) tryAll(MORE_LANES, room);
  if (best.cost >= OVERLAP) tryAll([...NEAR_LANES, ...MORE_LANES], CLEARANCES[CLEARANCES.length - 1]);
  return best.line;
}

export function isPieceClear(line: Line, k: number, wire: Wire, field: Field, room = CLEARANCES[2]): boolean {
  // the first and the last piece begin at a card of their own
  const except = k === 1 ? wire.source : k === line.length - 2 ? wire.target : undefined;
  if (line.length === 3) return field.isClear(true, line[1], line[0] + room.side, line[2] - room.side, { ...room, side: 0 });
  return field.isClear(k % 2 === 1, line[k], line[k - 1], line[k + 1], room, except);
}
