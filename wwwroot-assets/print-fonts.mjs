// npm run print-fonts: cuts the fonts of printed invoices out of Inter, at two weights, as files that a PDF can hold, with the characters
// that each of them has. A name may mix alphabets; each letter is set in the first font that has it.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { create } from 'fontkit';
import subset from 'subset-font';

const here = import.meta.dirname;
const to = resolve(here, '../WorkflowStudio.Engine/Practice/Invoices/Print/Fonts');
const alphabets = ['latin', 'latin-ext', 'greek', 'cyrillic', 'vietnamese'];

/** Code points as ranges in hexadecimal: 20-7e,a0. */
function ranges(points) {
  const all = [];
  for (const point of [...points].sort((a, b) => a - b)) {
    if (all.length > 0 && all.at(-1)[1] === point - 1) all.at(-1)[1] = point;
    else all.push([point, point]);
  }
  return all.map(([first, last]) => (first === last ? first.toString(16) : `${first.toString(16)}-${last.toString(16)}`)).join(',');
}

/** Calls a font otherwise, in as many letters: all cuts of a font have its name, and what makes the PDFs tells them apart by that. */
function rename(font, name) {
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const entry = 12 + 16 * i;
    if (font.toString('latin1', entry, entry + 4) !== 'name') continue;
    const [from, length] = [font.readUInt32BE(entry + 8), font.readUInt32BE(entry + 12)];
    const wide = (text) => [...text].map((c) => `\0${c}`).join('');
    const names = font.toString('latin1', from, from + length).replaceAll(wide('Inter'), wide(name)).replaceAll('Inter', name);
    font.write(names, from, 'latin1');
  }
  return font;
}

const covered = [];
for (const [i, alphabet] of alphabets.entries()) {
  const source = readFileSync(resolve(here, `node_modules/@fontsource-variable/inter/files/inter-${alphabet}-wght-normal.woff2`));
  const points = create(source).characterSet.filter((c) => c >= 0x20);
  covered.push(`${alphabet} ${ranges(points)}`);
  for (const [name, wght] of [['regular', 400], ['strong', 600]]) {
    const cut = await subset(source, String.fromCodePoint(...points), {
      targetFormat: 'truetype', noLayoutClosure: true, noHinting: true, variationAxes: { wght },
    });
    writeFileSync(resolve(to, `${alphabet}-${name}.ttf`), rename(Buffer.from(cut), `Int${'ABCDE'[i]}${wght / 100}`));
    console.log(alphabet, name, cut.length);
  }
}
writeFileSync(resolve(to, 'coverage.txt'), `${covered.join('\n')}\n`);
