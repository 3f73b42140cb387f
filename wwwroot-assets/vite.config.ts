import { defineConfig, type Plugin } from 'vite';
import { cpSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

const out = resolve(import.meta.dirname, '../WorkflowStudio/wwwroot/canvas');

/** The fonts of the whole studio come from the same packages and are served by the app itself. */
function copyFonts(): Plugin {
  return {
    name: 'copy-fonts',
    closeBundle() {
      const fonts = resolve(out, 'fonts');
      mkdirSync(fonts, { recursive: true });
      const from = (p: string) => resolve(import.meta.dirname, 'node_modules/@fontsource-variable', p);
      cpSync(from('inter/files/inter-latin-opsz-normal.woff2'), resolve(fonts, 'inter.woff2'));
      cpSync(from('jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2'), resolve(fonts, 'jetbrains-mono.woff2'));
      cpSync(resolve(import.meta.dirname, 'src/fonts/symbols.woff2'), resolve(fonts, 'symbols.woff2')); // made by symbols.mjs
    },
  };
}

export default defineConfig({
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  plugins: [copyFonts()],
  build: {
    outDir: out,
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2022',
    cssCodeSplit: true,
    modulePreload: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: { canvas: 'src/main.tsx' },
      preserveEntrySignatures: 'strict', // Blazor imports the entry's exports
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name].js', assetFileNames: '[name][extname]' },
      onLog(level, log, handler) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handler(level, log);
      },
    },
  },
});
