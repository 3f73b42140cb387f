import { nearestFree, type Clearance, type Field, type Line, type Wire } from './field';

const BESIDE = 24; // links that leave and links that arrive in one gap between columns keep apart
const NARROW = 80;
const ASIDE = 16;
const BETWEEN_ROWS = 64; // from the port to the lane above or below the target's row
const BETWEEN_GROUPS = 88; // where the rows lie further apart, and each may have a frame with a title
const BELOW = 32;

/** The simple ways of a link that meet no card, the natural one first: straight, one upright piece, or two with a lane between. */
export function shapesOf(field: Field, wire: Wire, room: Clearance): Line[] {
  const { from, to } = wire;
  const right = field.reach(from, 1, room, wire.source);
  const left = field.reach(to, -1, room, wire.target);
  const start = from.x + room.side;
  const end = to.x - room.side;
  if (from.y === to.y && end >= start && field.isClear(true, from.y, start, end, { ...room, side: 0 })) return [[from.x, from.y, to.x]];

  const middle = (from.x + to.x) / 2;
  const forward = end >= start;
  const narrow = forward && to.x - from.x <= NARROW;
  const nearSource = narrow ? middle : from.x + BESIDE;
  const nearTarget = narrow ? middle : to.x - BESIDE;
  const lines: Line[] = [];
  if (forward) {
    const blocked = field.blocked(false, from.y, to.y, room);
    for (const wanted of new Set([nearSource, nearTarget])) {
      const x = nearestFree(blocked, Math.max(start, left), Math.min(end, right), wanted);
      if (x !== undefined) lines.push([from.x, from.y, x, to.y, to.x]);
    }
  }
  if (lines.length > 0) return lines;

  const x1 = Math.min(nearSource, right);
  const x2 = Math.max(nearTarget, left);
  if (x1 < start || x2 > end) return lines;
  return laned(field, wire, x1, x2, room);
}

function laned(field: Field, wire: Wire, x1: number, x2: number, room: Clearance): Line[] {
  const { from, to } = wire;
  const [c1, c2] = [field.column(x1, from.y, room), field.column(x2, to.y, room)];
  const blocked = field.blocked(true, x1, x2, room);
  let lo = Math.max(c1.lo, c2.lo);
  const hi = Math.min(c1.hi, c2.hi);
  const lane = Math.abs(to.y - from.y) > 2 * BETWEEN_GROUPS ? BETWEEN_GROUPS : BETWEEN_ROWS;
  const wanted = x2 >= x1 ? [from.y, to.y] : [to.y - Math.sign(to.y - from.y) * lane];
  const [source, target] = [field.byId.get(wire.source), field.byId.get(wire.target)];
  if (x2 < x1 && source && target && source.y < target.y + target.height && target.y < source.y + source.height) {
    // a way back within one row passes below it
    const bottom = Math.max(source.y + source.height, target.y + target.height);
    wanted[0] = bottom + BELOW;
    lo = Math.max(lo, bottom + room.above);
  }
  const ys = new Set(wanted.map((y) => nearestFree(blocked, lo, hi, y)));
  return [...ys].filter((y) => y !== undefined).map((y) => tidy([from.x, from.y, x1, y, x2, to.y, to.x]));
}

/** Between two neighbouring columns with one bend more, for two links that change places there. */
export function jogged(field: Field, { from, to }: Wire, room: Clearance): Line[] {
  const [x1, x2] = [from.x + ASIDE, to.x - ASIDE];
  if (x2 - x1 < ASIDE || from.y === to.y) return [];
  const y = nearestFree(field.blocked(true, x1, x2, room), Math.min(from.y, to.y), Math.max(from.y, to.y), (from.y + to.y) / 2);
  const isClear = y !== undefined && field.isClear(false, x1, from.y, y, room) && field.isClear(false, x2, y, to.y, room)
    && field.isClear(true, from.y, from.x + room.side, x1, room) && field.isClear(true, to.y, x2, to.x - room.side, room);
  return isClear ? [tidy([from.x, from.y, x1, y, x2, to.y, to.x])] : [];
}

/** Where nothing else is left: the way without regard to cards. Also the line that is being pulled. */
export function plain({ from, to }: Pick<Wire, 'from' | 'to'>): Line {
  if (to.x - from.x >= BESIDE) return from.y === to.y ? [from.x, from.y, to.x] : [from.x, from.y, (from.x + to.x) / 2, to.y, to.x];
  const y = Math.abs(to.y - from.y) < BETWEEN_ROWS ? Math.max(from.y, to.y) + BETWEEN_ROWS : to.y - Math.sign(to.y - from.y) * BETWEEN_ROWS;
  return tidy([from.x, from.y, from.x + BESIDE, y, to.x - BESIDE, to.y, to.x]);
}

/** Leaves out pieces without length. */
export function tidy(line: Line): Line {
  const result = [...line];
  for (let k = 2; k < result.length - 2; k++) {
    if (result[k - 1] !== result[k + 1]) continue;
    result.splice(k, 2);
    k = Math.max(1, k - 2);
  }
  return result;
}

export function lengthOf(line: Line): number {
  let length = 0;
  for (let k = 1; k < line.length - 1; k++) length += Math.abs(line[k + 1] - line[k - 1]);
  return length;
}
