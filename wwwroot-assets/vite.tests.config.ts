import { defineConfig } from 'vite';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';

const tests = resolve(import.meta.dirname, 'tests');

/** Bundles the tests so that Node's own test runner can run them: `npm test`. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'node_modules/.tests',
    emptyOutDir: true,
    rolldownOptions: { input: readdirSync(tests).filter((f) => f.endsWith('.test.ts')).map((f) => resolve(tests, f)) },
  },
});
