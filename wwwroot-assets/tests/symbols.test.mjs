import { readFileSync } from 'node:fs';
import { create } from 'fontkit';
import { expect, test } from 'vitest';
import { cut, draws, named } from '../symbols.mjs';

test('every symbol that the code names is in the font (npm run symbols makes it anew)', { timeout: 60_000 }, () => {
  const font = create(readFileSync(cut));
  const names = named();
  expect(names).toContain('progress_activity');
  expect(names.filter((n) => !draws(font, n))).toEqual([]);
});
