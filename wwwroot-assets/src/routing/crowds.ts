import type { Line } from './field';

/** The links beside which another one runs nearer than this. */
export function crowdedLinks(lines: ReadonlyMap<string, Line>, distance: number): Set<string> {
  const crowded = new Set<string>();
  for (const first of [1, 2]) {
    const pieces: { id: string; at: number; lo: number; hi: number }[] = [];
    for (const [id, line] of lines) {
      for (let k = first; k < line.length - 1; k += 2) {
        pieces.push({ id, at: line[k], lo: Math.min(line[k - 1], line[k + 1]), hi: Math.max(line[k - 1], line[k + 1]) });
      }
    }
    pieces.sort((p, q) => p.at - q.at);
    for (let i = 0; i < pieces.length; i++) {
      const p = pieces[i];
      for (let j = i + 1; j < pieces.length && pieces[j].at - p.at < distance; j++) {
        const q = pieces[j];
        if (q.at === p.at || q.lo >= p.hi || p.lo >= q.hi || q.id === p.id) continue; // on one another they cannot be told apart anyway
        crowded.add(p.id).add(q.id);
      }
    }
  }
  return crowded;
}
