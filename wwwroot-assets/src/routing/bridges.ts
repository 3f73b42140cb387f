import type { Line, Wire } from './field';
import { areRelated } from './lanes';

const BUCKET = 64;

/** Where level pieces of a link cross upright pieces of others: by piece of the line, the x of each crossing. */
export type Bridges = ReadonlyMap<number, number[]>;

/** Of two lines that cross, the level one goes over the other. Links that share a port are one line and have no bridges. */
export function bridgesOf(wires: readonly Wire[], lines: ReadonlyMap<string, Line>): Map<string, Bridges> {
  const upright = new Map<number, { x: number; lo: number; hi: number; wire: Wire }[]>();
  for (const wire of wires) {
    const line = lines.get(wire.id) ?? [];
    for (let k = 2; k < line.length - 1; k += 2) {
      const piece = { x: line[k], lo: Math.min(line[k - 1], line[k + 1]), hi: Math.max(line[k - 1], line[k + 1]), wire };
      const key = Math.floor(piece.x / BUCKET);
      const there = upright.get(key);
      if (there) there.push(piece);
      else upright.set(key, [piece]);
    }
  }
  const all = new Map<string, Bridges>();
  for (const wire of wires) {
    const line = lines.get(wire.id) ?? [];
    const found = new Map<number, number[]>();
    for (let k = 1; k < line.length - 1; k += 2) {
      const [y, lo, hi] = [line[k], Math.min(line[k - 1], line[k + 1]), Math.max(line[k - 1], line[k + 1])];
      const xs: number[] = [];
      for (let key = Math.floor(lo / BUCKET); key <= Math.floor(hi / BUCKET); key++) {
        for (const p of upright.get(key) ?? []) if (p.x > lo && p.x < hi && p.lo < y && p.hi > y && !areRelated(p.wire, wire)) xs.push(p.x);
      }
      if (xs.length > 0) found.set(k, xs.sort((a, b) => a - b));
    }
    if (found.size > 0) all.set(wire.id, found);
  }
  return all;
}
