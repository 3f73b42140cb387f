import { defineConfig } from 'vitest/config';

/** The pure parts of the canvas: maths, routing, reducers. What needs a browser is tested by WorkflowStudio.E2E. */
export default defineConfig({ test: { include: ['tests/**/*.test.{ts,mjs}'], environment: 'node' } });
