// npm run symbols: cuts src/fonts/symbols.woff2 out of the Material Symbols: those that the code names, at the weight and size of the
// studio, filled and not. There every text that is the name of a symbol counts: a word too many costs a hundred bytes. The test is
// tests/symbols.test.mjs.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { create } from 'fontkit';
import subset from 'subset-font';

const here = import.meta.dirname;
const source = resolve(here,
  'node_modules/@fontsource-variable/material-symbols-outlined/files/material-symbols-outlined-latin-full-normal.woff2');
export const cut = resolve(here, 'src/fonts/symbols.woff2');

/** Whether a font draws a text as one symbol. */
export const draws = (font, name) => font.layout(name).glyphs.length === 1;

/** Where the code names symbols: a folder, the files in it, and the lines in them. */
const places = [
  ['../WorkflowStudio/Components', /\.cs$/, /./],
  ['../WorkflowStudio/Components', /\.razor$/, /Icon|new\(|step/i],
  ['../WorkflowStudio.Engine', /\.cs$/, /Icon|\[Step\(|TriggerType|"[a-z]+(_[a-z0-9]+)+"/],
  ['../WorkflowStudio.Engine/Gallery', /\.json$/, /"icon"/],
  ['src', /\.tsx?$/, /icon/i],
];

/** The symbols that the code names. */
export function named() {
  const font = create(readFileSync(source));
  const words = new Set();
  for (const [folder, kind, line] of places) {
    for (const file of readdirSync(resolve(here, folder), { recursive: true })
      .filter((f) => kind.test(f) && !/(^|[\\/])(bin|obj)[\\/]/.test(f))) {
      const lines = readFileSync(resolve(here, folder, file), 'utf8').split('\n')
        .filter((l, i, all) => line.test(l) || line.test(all[i - 1] ?? '') || line.test(all[i - 2] ?? ''));
      for (const [, word] of lines.join('\n').matchAll(/["'/]([a-z][a-z0-9_]{1,40})(?=["'])/g)) words.add(word);
    }
  }
  return [...words].filter((w) => draws(font, w)).sort();
}

async function make() {
  const font = create(readFileSync(source));
  // every symbol has a code point of its own, too
  const codes = new Map(font.characterSet.filter((c) => c > 0x3000).map((c) => [font.glyphForCodePoint(c).id, c]));
  const names = named();
  const symbols = names.map((n) => String.fromCodePoint(codes.get(font.layout(n).glyphs[0].id))).join('');
  const made = await subset(readFileSync(source), `abcdefghijklmnopqrstuvwxyz0123456789_${symbols}`, {
    targetFormat: 'woff2', noLayoutClosure: true, noHinting: true, variationAxes: { wght: 350, opsz: 20, GRAD: 0 },
  });
  writeFileSync(cut, made);
  console.log(`${names.length} symbols, ${made.length} bytes`);
}

if (process.argv[1] === import.meta.filename) await make();
