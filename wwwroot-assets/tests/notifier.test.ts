import assert from 'node:assert/strict';
import { test } from 'vitest';
import { createNotifier } from '../src/bridge/notifier';

test('all that nobody keeps is told, so that the page can say that it was not done', () => {
  const told: unknown[] = [];
  const page = { dispatchEvent: (event: CustomEvent) => event.type === 'ws-asked' && told.push(event.detail) };
  (globalThis as { window?: unknown }).window = page;
  const notify = createNotifier({ invokeMethodAsync: () => Promise.resolve() }, [
    { name: 'undo', words: 'Undo' }, { name: 'add', words: 'Add a step' }, { name: 'delete', words: 'Delete' },
  ]);

  notify.moved([{ id: 'a', x: 0, y: 0, dx: 0, dy: 0 } as never]);
  notify.select({ nodeIds: ['a'], linkIds: [] });
  assert.deepEqual(told, []);

  notify.remove({ nodeIds: ['a'], linkIds: [] });
  notify.connect({} as never);
  notify.command('undo');
  notify.drop({} as never);
  assert.deepEqual(told, ['Delete', 'Link', 'Undo', 'Add a step']);
});
