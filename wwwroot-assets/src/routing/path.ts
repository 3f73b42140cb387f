import type { Line, Point } from './field';
import type { Bridges } from './bridges';

const RADIUS = 12;
const BRIDGE = 5;

/** A line as it is drawn, and the middle of its longest piece, where its count or its + sits. */
export interface Route extends Point {
  path: string;
}

export function routeOf(line: Line, bridges?: Bridges): Route {
  const half = (k: number) => Math.abs(line[k + 1] - line[k - 1]) / 2;
  const corner = (k: number) => Math.min(RADIUS, half(k), half(k + 1), room(k, line[k + 1]), room(k + 1, line[k]));
  // a corner is tighter where a bridge begins close behind it
  const room = (k: number, end: number) => Math.max(0, Math.min(...(bridges?.get(k) ?? []).map((x) => Math.abs(x - end) - BRIDGE)));
  const path = [`M${line[0]} ${line[1]}`];
  let longest = { k: 1, length: -1 };
  let before = 0; // the radius of the corner this piece comes from
  for (let k = 1; k < line.length - 1; k++) {
    const [from, to] = [line[k - 1], line[k + 1]];
    const way = Math.sign(to - from);
    const last = k === line.length - 2;
    const after = last ? 0 : corner(k);
    if (Math.abs(to - from) > longest.length) longest = { k, length: Math.abs(to - from) };
    if (k % 2 === 1) {
      path.push(...over(bridges?.get(k) ?? [], from + way * before, to - way * after, way, line[k]), `H${to - way * after}`);
    } else path.push(`V${to - way * after}`);
    if (after > 0) {
      const turn = Math.sign(line[k + 2] - line[k]);
      path.push(k % 2 === 1 ? `Q${to} ${line[k]} ${to} ${line[k] + turn * after}` : `Q${line[k]} ${to} ${line[k] + turn * after} ${to}`);
    }
    before = after;
  }
  const middle = (line[longest.k - 1] + line[longest.k + 1]) / 2;
  return { path: path.join(''), ...(longest.k % 2 === 1 ? { x: middle, y: line[longest.k] } : { x: line[longest.k], y: middle }) };
}

// an arch over each crossing, one over several that lie close together; none right at a corner
function over(xs: number[], from: number, to: number, way: number, y: number): string[] {
  const [lo, hi] = [Math.min(from, to) + BRIDGE, Math.max(from, to) - BRIDGE];
  const arches: { a: number; b: number }[] = [];
  for (const x of xs) {
    if (x < lo - 0.5 || x > hi + 0.5) continue;
    const last = arches.at(-1);
    if (last && x - last.b < BRIDGE * 2 + 2) last.b = x;
    else arches.push({ a: x, b: x });
  }
  if (way < 0) arches.reverse();
  const arc = (x: number, toY: number) => `A${BRIDGE} ${BRIDGE} 0 0 ${way > 0 ? 1 : 0} ${x} ${toY}`;
  return arches.flatMap(({ a, b }) => {
    const [first, second] = way > 0 ? [a, b] : [b, a];
    return [`H${first - way * BRIDGE}`, arc(first, y - BRIDGE), `H${second}`, arc(second + way * BRIDGE, y)];
  });
}
