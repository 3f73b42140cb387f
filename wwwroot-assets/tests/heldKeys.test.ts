import assert from 'node:assert/strict';
import { test } from 'vitest';
import { HeldKeys } from '../src/bridge/heldKeys';

const plain = (key: string) => ({ key, ctrlKey: false, metaKey: false, altKey: false });

const bringing = ['find', 'add', 'rename', 'open'].map((name) => ({ name, bringsField: true }));
const commands = [...bringing, { name: 'disable', bringsField: false }];

function holding(command?: string) {
  const clock = { now: 1 };
  const held = new HeldKeys(() => clock.now, commands);
  if (command) held.expect(command);
  return { held, clock, type: (text: string) => [...text].map((key) => held.press(plain(key))) };
}

test('what is typed after a command that brings a field belongs to the field', () => {
  for (const command of ['find', 'add', 'rename', 'open']) {
    const { held, type } = holding(command);
    assert.deepEqual(type('dpn'), [true, true, true], command);
    assert.equal(held.focused(), 'dpn');
    assert.equal(held.press(plain('d')), false, 'the field has the focus');
    assert.equal(held.focused(), '');
  }
});

test('a key that deletes or opens steps is no command meanwhile', () => {
  const { held, type } = holding('add');
  type('sex');
  for (const key of ['Backspace', 'Delete', 'Enter']) assert.equal(held.press(plain(key)), true, key);
  assert.equal(held.press(plain('ArrowDown')), false);
  assert.equal(held.press({ ...plain('z'), ctrlKey: true }), false);
  assert.equal(held.focused(), 'se');
});

test('space is never taken away, and part of what is typed', () => {
  const { held, type } = holding('find');
  assert.deepEqual(type(' a b'), [false, true, false, true]);
  assert.equal(held.focused(), 'a b');
});

test('nothing is held without such a command, after Escape, or when no field comes', () => {
  assert.deepEqual(holding().type('d'), [false]);
  assert.deepEqual(holding('disable').type('d'), [false]);
  const given = holding('find');
  assert.equal(given.held.press(plain('Escape')), false);
  assert.deepEqual(given.type('d'), [false]);
  const late = holding('find');
  late.type('d');
  late.clock.now += 3000;
  assert.deepEqual(late.type('d'), [false]);
  assert.equal(late.held.focused(), '');
});
