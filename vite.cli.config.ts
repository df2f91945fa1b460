/** The command line as plain JavaScript for Node, its packages in it. Built by scripts/build-cli.mjs, which names the folder. */
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { sandboxPlugin } from './src/sandbox/build/sandbox-plugin.ts';

/** The sandbox's script as a text; the sandbox's page is the app's. */
function sandboxText(): Plugin {
  const { name, resolveId, load } = sandboxPlugin();
  return { name, ...(resolveId === undefined ? {} : { resolveId }), ...(load === undefined ? {} : { load }) };
}

export default defineConfig({
  plugins: [sandboxText()],
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: 'src/cli/entry.ts',
    target: 'node20',
    minify: false,
    sourcemap: false,
    rolldownOptions: { output: { entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js' } },
  },
});
