/** Builds the console into files that the API serves as they are: hashed names, no inline script, no eval. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = process.env['PADDOCK_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    // A small file as a data: URL would need a wider content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      treeshake: {
        // Contracts compile tools' schemas with Ajv, which makes functions out of text. The console never does: with
        // this, the module that nobody here imports from is left out, although its package gathers it in one index.
        moduleSideEffects: [{ test: /packages\/contracts\/dist\//, sideEffects: false }],
      },
    },
  },
  server: { proxy: { '/v1': { target: api }, '/openapi.json': { target: api } } },
});
