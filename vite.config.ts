import { defineConfig } from 'vite';
import react from '@vitejs/plugin-react';
import { sandboxPlugin } from './src/sandbox/build/sandbox-plugin.ts';

export default defineConfig({
  plugins: [react(), sandboxPlugin()],
  base: './',
  worker: { format: 'es', plugins: () => [sandboxPlugin()] },
  build: {
    target: 'es2023',
    sourcemap: true,
    // Monaco's chunks are large and load only when code is opened.
    chunkSizeWarningLimit: 8000,
    modulePreload: { polyfill: false },
    // What every first load needs is one file: text that stands together is compressed better, and is asked for once.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
  server: { host: '127.0.0.1' },
});
