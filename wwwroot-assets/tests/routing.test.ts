import assert from 'node:assert/strict';
import { test } from 'vitest';
import { bridgesOf } from '../src/routing/bridges';
import { crowdedLinks } from '../src/routing/crowds';
import type { Card, Wire } from '../src/routing/field';
import { routeOf } from '../src/routing/path';
import { routeAll, routeMoved } from '../src/routing/router';
import { anywhere, card, cardsUnder, coinciding, dice, onGrid, piecesOf, ROW, STEP, wire } from './graphs';

const SEEDS = Array.from({ length: 25 }, (_, i) => i + 1);

function routed(cards: Card[], wires: Wire[]) {
  const { lines } = routeAll(cards, wires);
  return { lines, line: (w: Wire) => lines.get(w.id) ?? assert.fail(`${w.id} has no line`) };
}

function assertClear(cards: Card[], wires: Wire[], lines: ReadonlyMap<string, number[]>) {
  for (const w of wires) assert.deepEqual(cardsUnder(lines.get(w.id) ?? assert.fail(w.id), cards), [], `${w.id} runs under cards`);
}

test('branches of unequal length that merge: the shorter one comes out beside the last card of the longer one', () => {
  const [start, a, b, c] = [card('if', 0, 0, 2), card('a', STEP, 0), card('b', 2 * STEP, 0), card('c', 3 * STEP, 0)];
  const [short, end] = [card('short', STEP, ROW), card('end', 4 * STEP, 0)];
  const cards = [start, a, b, c, short, end];
  const wires = [wire(start, a), wire(start, short, 1), wire(a, b), wire(b, c), wire(c, end), wire(short, end)];
  const { lines, line } = routed(cards, wires);

  assertClear(cards, wires, lines);
  const merging = line(wires[5]);
  assert.ok(merging[2] > c.x + c.width, 'it turns up behind the longer branch');
});

test('a link from the first step to the last one goes round the cards between them, on one row and on several', () => {
  for (const y of [0, ROW]) {
    const [first, last] = [card('first', 0, 0, 2), card('last', 4 * STEP, y)];
    const [a, b, c, d] = [card('a', STEP, 0), card('b', 2 * STEP, 0), card('c', 3 * STEP, 0), card('d', 2 * STEP, ROW)];
    const cards = [first, a, b, c, d, last];
    const wires = [wire(first, last, 1), wire(first, a), wire(a, b), wire(b, c), wire(c, last), wire(a, d)];
    const { lines } = routed(cards, wires);

    assertClear(cards, wires, lines);
    assert.deepEqual(coinciding(wires, lines), []);
  }
});

test('a way back within a row passes below it', () => {
  const cards = [card('a', 0, 0), card('b', STEP, 0), card('c', 2 * STEP, 0)];
  const back = wire(cards[2], cards[0]);
  const line = routed(cards, [wire(cards[0], cards[1]), wire(cards[1], cards[2]), back]).line(back);

  assert.ok(piecesOf(line).some((p) => p.level && p.at > 80 && p.hi - p.lo > STEP), `${JSON.stringify(line)} runs below`);
  assert.deepEqual(cardsUnder(line, cards), []);
});

test('a row that goes on below is linked through the space between the rows', () => {
  const cards = [card('a', 0, 0), card('b', STEP, 0), card('c', 0, 160), card('d', STEP, 160)];
  const onward = wire(cards[1], cards[2]);
  const line = routed(cards, [wire(cards[0], cards[1]), onward, wire(cards[2], cards[3])]).line(onward);

  assert.equal(line.length, 7);
  assert.ok(line[3] > 80 && line[3] < 160);
});

test('random graphs on the grid of the layout: nothing runs under a card, and links have lanes of their own', () => {
  for (const seed of SEEDS) {
    const { cards, wires } = onGrid(40, 60, seed);
    const { lines } = routed(cards, wires);

    assertClear(cards, wires, lines);
    assert.deepEqual(coinciding(wires, lines), [], `seed ${seed}`);
  }
});

test('steps placed anywhere: nothing runs under a card, and hardly a link lies on another', () => {
  let together = 0;
  for (const seed of SEEDS) {
    const { cards, wires } = anywhere(30, 45, seed);
    const { lines } = routed(cards, wires);

    assertClear(cards, wires, lines);
    together += coinciding(wires, lines).length;
  }
  assert.ok(together <= SEEDS.length / 5, `${together} pairs`); // two ports at one height may leave no other way
});

test('two links that change places between two columns do not lie on one another', () => {
  const cards = [card('a', 0, 0), card('b', 0, ROW), card('c', STEP, 0), card('d', STEP, ROW)];
  const wires = [wire(cards[0], cards[3]), wire(cards[1], cards[2])];
  const { lines } = routed(cards, wires);

  assert.deepEqual(coinciding(wires, lines), []);
});

test('the same graph always has the same lines', () => {
  const { cards, wires } = onGrid(60, 90, 7);

  assert.deepEqual([...routeAll(cards, wires).lines], [...routeAll(cards, wires).lines]);
});

test('while a step is dragged, lines that it does not touch stay as they are, and none runs under it', () => {
  const { cards, wires } = onGrid(60, 90, 5);
  const next = dice(11);
  let routing = routeAll(cards, wires);
  let places = cards;
  for (let move = 0; move < 20; move++) {
    const before = routing;
    const [dx, dy] = [(next(5) - 2) * 16, (next(5) - 2) * 16];
    places = places.map((c) => (c.id === 'n20' ? { ...c, x: c.x + dx, y: c.y + dy } : c));
    const moved = places.find((c) => c.id === 'n20')!;
    const now = wires.map((w) => ({
      ...w,
      from: w.source === 'n20' ? { x: moved.x + moved.width, y: moved.y + w.from.y - cards[20].y } : w.from,
      to: w.target === 'n20' ? { x: moved.x, y: moved.y + 40 } : w.to,
    }));
    routing = routeMoved(routing, places, now);

    const others = places.filter((c) => c.id !== 'n20');
    const overlapped = others.some((c) => moved.x < c.x + c.width + 24 && c.x < moved.x + moved.width + 24
      && moved.y < c.y + c.height + 24 && c.y < moved.y + moved.height + 24);
    if (!overlapped) assertClear(places, now, routing.lines);
    for (const w of now) {
      const touched = cardsUnder(before.lines.get(w.id)!,
        [{ ...moved, x: moved.x - 2, y: moved.y - 2, width: moved.width + 4, height: moved.height + 4 }]);
      if (w.source === 'n20' || w.target === 'n20' || touched.length > 0) continue;
      assert.equal(routing.lines.get(w.id), before.lines.get(w.id));
    }
  }
});

test('steps that are dragged together take the links between them along', () => {
  const cards = [card('a', 0, 0), card('b', STEP, ROW)];
  const before = routeAll(cards, [wire(cards[0], cards[1])]);
  const moved = cards.map((c) => ({ ...c, x: c.x + 48, y: c.y + 16 }));
  const after = routeMoved(before, moved, [wire(moved[0], moved[1])]);

  assert.deepEqual(after.lines.get('a.0>b'), before.lines.get('a.0>b')!.map((n, i) => n + (i % 2 === 0 ? 48 : 16)));
});

test('of two links that cross, the level one goes over the other on a bridge', () => {
  const cards = [card('a', 0, 0), card('b', 0, 2 * ROW), card('c', STEP, 2 * ROW), card('d', STEP, 0)];
  const wires = [wire(cards[0], cards[2]), wire(cards[1], cards[3])];
  const { lines } = routed(cards, wires);
  const bridges = bridgesOf(wires, lines);

  assert.equal(bridges.size, 1);
  const [[id, found]] = [...bridges];
  assert.match(routeOf(lines.get(id)!, found).path, /A5 5/);
});

test('links of one port share their way and have no bridges', () => {
  const cards = [card('a', 0, 0), card('b', STEP, 0), card('c', STEP, ROW), card('d', STEP, 2 * ROW)];
  const wires = cards.slice(1).map((c) => wire(cards[0], c));
  const { lines, line } = routed(cards, wires);

  assert.equal(line(wires[1])[2], line(wires[2])[2]);
  assert.equal(bridgesOf(wires, lines).size, 0);
});

test('links that run side by side are crowded, a link by itself is not', () => {
  const lines = new Map([['a', [0, 40, 32, 112, 400, 40, 500]], ['b', [0, 240, 48, 120, 300, 240, 500]], ['c', [0, 800, 500]]]);

  assert.deepEqual([...crowdedLinks(lines, 40)].sort(), ['a', 'b']);
});

test('a path is drawn to its end with rounded corners, and its middle lies on the longest piece', () => {
  const route = routeOf([0, 40, 32, 168, 400]);

  assert.equal(route.path, 'M0 40H20Q32 40 32 52V156Q32 168 44 168H400');
  assert.deepEqual([route.x, route.y], [216, 168]);
});
