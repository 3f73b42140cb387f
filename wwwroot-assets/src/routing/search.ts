import { Field, type Card, type Clearance, type Line, type Wire } from './field';
import { isPieceClear } from './lanes';
import { tidy } from './shapes';

const TURN = 60;
const NEAR = 480;

/** The shortest way round the cards with few turns, for places where no simple shape gets through. Looks nearby first, then everywhere. */
export function searchLine(field: Field, wire: Wire, room: Clearance): Line | undefined {
  const { from, to } = wire;
  const near = field.all.filter((c) =>
    c.x + c.width > Math.min(from.x, to.x) - NEAR && c.x < Math.max(from.x, to.x) + NEAR
    && c.y + c.height > Math.min(from.y, to.y) - NEAR && c.y < Math.max(from.y, to.y) + NEAR);
  const found = search(near, wire, room);
  // the way nearby may lead out of what was looked at
  if (found && !found.slice(1, -1).some((_, i) => !isPieceClear(found, i + 1, wire, field, room))) return found;
  return near.length < field.all.length ? search(field.all, wire, room) : undefined;
}

// states are crossings of the grid of all lines beside cards, once for arriving level (0) and once for arriving upright (1)
function search(cards: readonly Card[], { from, to, source, target }: Wire, room: Clearance): Line | undefined {
  const around = new Field(cards);
  const [x0, x1] = [from.x + room.side, to.x - room.side];
  if (!around.isClear(true, from.y, from.x, x0, room, source) || !around.isClear(true, to.y, x1, to.x, room, target)) return undefined;
  const xs = sorted([x0, x1, ...cards.flatMap((c) => [c.x - room.side, c.x + c.width + room.side])]);
  const ys = sorted([from.y, to.y, ...cards.flatMap((c) => [c.y - room.above, c.y + c.height + room.below])]);
  const width = xs.length;
  const stateOf = (i: number, j: number, upright: number) => (j * width + i) * 2 + upright;
  const goal = stateOf(xs.indexOf(x1), ys.indexOf(to.y), 0);
  const first = stateOf(xs.indexOf(x0), ys.indexOf(from.y), 0);
  const cost = new Float64Array(width * ys.length * 2).fill(Infinity);
  const before = new Int32Array(cost.length).fill(-1);
  const open = new Heap();
  cost[first] = 0;
  open.push(first, 0);

  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (state === goal) return lineOf(state, before, xs, ys, from.x, to.x);
    const upright = state & 1;
    const [i, j] = [(state >> 1) % width, Math.floor((state >> 1) / width)];
    for (const [di, dj] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      const [ni, nj] = [i + di, j + dj];
      if (ni < 0 || nj < 0 || ni >= width || nj >= ys.length) continue;
      // the ports look right: no turning round on the spot
      if ((state === first && di === -1) || (di === -1 && stateOf(ni, nj, 0) === goal)) continue;
      const next = stateOf(ni, nj, di === 0 ? 1 : 0);
      const step = Math.abs(xs[ni] - xs[i]) + Math.abs(ys[nj] - ys[j]) + ((next & 1) === upright ? 0 : TURN);
      if (cost[state] + step >= cost[next]) continue;
      if (!around.isClear(di !== 0, di !== 0 ? ys[j] : xs[i], di !== 0 ? xs[i] : ys[j], di !== 0 ? xs[ni] : ys[nj], room)) continue;
      cost[next] = cost[state] + step;
      before[next] = state;
      open.push(next, cost[next] + Math.abs(xs[ni] - x1) + Math.abs(ys[nj] - to.y));
    }
    // arriving upright at the goal's crossing, then turning right
    if (upright && (state ^ 1) === goal && cost[state] + TURN < cost[goal]) {
      cost[goal] = cost[state] + TURN;
      before[goal] = state;
      open.push(goal, cost[goal]);
    }
  }
  return undefined;
}

const sorted = (numbers: number[]) => [...new Set(numbers)].sort((a, b) => a - b);

// consecutive upright steps at one x are one piece
function lineOf(end: number, before: Int32Array, xs: number[], ys: number[], fromX: number, toX: number): Line {
  const states: number[] = [];
  for (let state = end; state >= 0; state = before[state]) states.push(state >> 1);
  states.reverse();
  const [xOf, yOf] = [(s: number) => xs[s % xs.length], (s: number) => ys[Math.floor(s / xs.length)]];
  const line: Line = [fromX, yOf(states[0])];
  for (let s = 1; s < states.length; s++) {
    const [x, y] = [xOf(states[s]), yOf(states[s])];
    if (y === yOf(states[s - 1])) continue;
    if (line.length > 2 && line[line.length - 2] === x) line[line.length - 1] = y;
    else line.push(x, y);
  }
  line.push(toX);
  return tidy(line);
}

/** A binary heap; of equal costs the one that came first wins, so that every browser finds the same way. */
class Heap {
  private readonly items: { state: number; cost: number; order: number }[] = [];
  private count = 0;

  push(state: number, cost: number): void {
    const { items } = this;
    const item = { state, cost, order: this.count++ };
    let at = items.push(item) - 1;
    for (let up = (at - 1) >> 1; at > 0 && less(item, items[up]); up = (at - 1) >> 1) {
      items[at] = items[up];
      at = up;
    }
    items[at] = item;
  }

  pop(): number | undefined {
    const { items } = this;
    const top = items[0];
    const last = items.pop();
    if (top === undefined || last === undefined) return undefined;
    if (items.length > 0) {
      let at = 0;
      for (let down = 1; down < items.length; down = 2 * at + 1) {
        if (down + 1 < items.length && less(items[down + 1], items[down])) down++;
        if (!less(items[down], last)) break;
        items[at] = items[down];
        at = down;
      }
      items[at] = last;
    }
    return top.state;
  }
}

const less = (a: { cost: number; order: number }, b: { cost: number; order: number }) =>
  a.cost < b.cost || (a.cost === b.cost && a.order < b.order);
