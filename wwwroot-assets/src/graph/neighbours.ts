export interface Place {
  id: string;
  x: number;
  y: number;
}

export interface Ends {
  source: string;
  target: string;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Where an arrow key leads: left and right along links, up and down among siblings, else to the nearest step that way. */
export function neighbour(places: Place[], links: Ends[], from: string, direction: Direction): string | undefined {
  const byId = new Map(places.map((p) => [p.id, p]));
  const here = byId.get(from);
  if (!here) return undefined;
  const at = (ids: string[]) => ids.map((id) => byId.get(id)).filter((p): p is Place => p !== undefined && p.id !== from);
  const targets = (id: string) => links.filter((l) => l.source === id).map((l) => l.target);
  const sources = (id: string) => links.filter((l) => l.target === id).map((l) => l.source);

  if (direction === 'right') return nearest(at(targets(from)), here);
  if (direction === 'left') return nearest(at(sources(from)), here);
  const sign = direction === 'down' ? 1 : -1;
  const beyond = (p: Place) => p.id !== from && (p.y - here.y) * sign > 0;
  const siblings = at([...sources(from).flatMap(targets), ...targets(from).flatMap(sources)]).filter(beyond);
  return nearest(siblings, here) ?? nearest(places.filter(beyond), here);
}

/** Everything that can be reached from these steps along (or against) the links, these included. */
export function reachable(links: Ends[], from: string[], direction: 'left' | 'right'): string[] {
  const next = new Map<string, string[]>();
  for (const { source, target } of links) {
    const [a, b] = direction === 'right' ? [source, target] : [target, source];
    next.set(a, [...(next.get(a) ?? []), b]);
  }
  const found = new Set(from);
  const queue = [...from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const other of next.get(id) ?? []) {
      if (!found.has(other)) queue.push(other);
      found.add(other);
    }
  }
  return [...found];
}

function nearest(places: Place[], here: Place): string | undefined {
  let best: Place | undefined;
  const distance = (p: Place) => Math.hypot(p.x - here.x, p.y - here.y);
  for (const place of places) if (!best || distance(place) < distance(best)) best = place;
  return best?.id;
}
