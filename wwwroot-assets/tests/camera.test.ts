import assert from 'node:assert/strict';
import { test } from 'vitest';
import { openingView, READABLE } from '../src/routing/camera';

const start = { x: 0, y: 0, width: 160, height: 80 };
const windows = [{ width: 836, height: 640 }, { width: 620, height: 400 }, { width: 1600, height: 900 }];

test('a small workflow is entirely in view, in every window', () => {
  const bounds = { x: 0, y: 0, width: 608, height: 208 };
  for (const window of windows) {
    const { x, y, zoom, whole } = openingView(bounds, start, window);
    assert.ok(whole && zoom <= 1 && zoom >= READABLE);
    assert.ok(x >= 0 && y >= 0 && x + bounds.width * zoom <= window.width && y + bounds.height * zoom <= window.height);
  }
});

test('a large one opens at its start, at a size that can be read', () => {
  const large = [
    { x: 0, y: 0, width: 8896, height: 80 }, { x: 0, y: 0, width: 1504, height: 880 }, { x: -500, y: -3000, width: 1504, height: 9000 },
  ];
  for (const bounds of large) {
    for (const window of windows) {
      const { x, y, zoom } = openingView(bounds, start, window);
      assert.ok(zoom >= READABLE);
      assert.ok(x >= 0 && y >= 0, `the start is at ${x}, ${y}`);
      assert.ok(start.width * zoom + x <= window.width && start.height * zoom + y <= window.height);
    }
  }
});
