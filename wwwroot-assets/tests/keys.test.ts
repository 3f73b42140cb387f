import assert from 'node:assert/strict';
import { test } from 'vitest';
import { chordOf, keysOf, type Press } from '../src/canvas/keys';
import type { CanvasCommand } from '../src/contract/wire';

const command = (name: string, reach: CanvasCommand['reach'], keys: string[], edits = false): CanvasCommand =>
  ({ name, words: name, title: name, keys, reach, edits, bringsField: false });

const commandOf = keysOf([
  command('save', 'page', ['Ctrl+S'], true), command('redo', 'view', ['Ctrl+Shift+Z', 'Ctrl+Y'], true), command('keys', 'view', ['?']),
  command('tidy', 'view', ['Shift+Alt+T']), command('pin', 'canvas', ['P'], true),
  command('open', 'canvas', ['Enter']), command('zoomIn', 'canvas', ['+', '=']),
]);

const plain = { code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
const press = (key: string, more: Partial<Press> = {}): Press => ({ ...plain, key, ...more });
const ctrl = { ctrlKey: true };
const onCanvas = { inside: true, quiet: false, onButton: false };
const asked = (pressed: Press, place: Partial<typeof onCanvas> = {}, editable = true) =>
  commandOf(pressed, { ...onCanvas, ...place }, editable)?.name;

test('a key asks for the command that the options give it, and no other key for anything', () => {
  assert.equal(asked(press('s', ctrl)), 'save');
  assert.equal(asked(press('Z', { ...ctrl, shiftKey: true })), 'redo');
  assert.equal(asked(press('y', ctrl)), 'redo');
  assert.equal(asked(press('p')), 'pin');
  assert.equal(asked(press('s')), undefined);
  assert.equal(asked(press('P', { shiftKey: true })), undefined);
  assert.equal(asked(press('z', ctrl)), undefined);
});

test('the command key of a Mac counts as Ctrl', () => {
  assert.equal(asked(press('s', { metaKey: true })), 'save');
  assert.equal(asked(press('z', { metaKey: true, shiftKey: true })), 'redo');
});

test('a mark is the same key on every keyboard, and with Alt the place of the key counts', () => {
  assert.equal(asked(press('?', { shiftKey: true })), 'keys');
  assert.equal(asked(press('?')), 'keys');
  assert.equal(asked(press('+', { shiftKey: true })), 'zoomIn');
  assert.equal(asked(press('=')), 'zoomIn');
  assert.equal(asked(press('ˇ', { code: 'KeyT', shiftKey: true, altKey: true })), 'tidy');
  assert.equal(chordOf(press('ArrowLeft', { shiftKey: true })), 'shift+arrowleft');
});

test('a key counts as far as its command reaches', () => {
  const inField = { inside: false, quiet: true };
  assert.equal(asked(press('s', ctrl), inField), 'save');
  assert.equal(asked(press('?'), inField), undefined);
  assert.equal(asked(press('?'), { inside: false }), 'keys');
  assert.equal(asked(press('p'), { inside: false }), undefined);
  assert.equal(asked(press('Enter')), 'open');
  assert.equal(asked(press('Enter'), { onButton: true }), undefined, 'Enter presses the button');
});

test('where nothing can be changed, no key changes anything', () => {
  for (const key of [press('s', ctrl), press('y', ctrl), press('p')]) assert.equal(asked(key, {}, false), undefined);
  assert.equal(asked(press('Enter'), {}, false), 'open');
});
