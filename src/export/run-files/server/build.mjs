/** Made by the export of StateFun Studio. Builds functions and server to one file of plain JavaScript, dist/server.cjs. Packages stay outside of it. */
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Node runs a script without imports and exports as CommonJS, where `this` is what it exports; the bundler looks for a sign of that. */
const commonJs = {
  name: 'common-js',
  transform: (code, id) =>
    /\.c?js$/.test(id) && /\bthis\b/.test(code) && !/\b(import|export|module|exports|require)\b/.test(code)
      ? { code: `${code}\n;void module;`, map: null }
      : null,
};

try {
  await build({
    cwd: root,
    input: fileURLToPath(new URL('main.js', import.meta.url)),
    platform: 'node',
    external: (id) => !id.startsWith('.') && !isAbsolute(id),
    // A file may re-export a type, which is not there at run time.
    shimMissingExports: true,
    plugins: [commonJs],
    resolve: { extensionAlias: { '.js': ['.js', '.ts'], '.mjs': ['.mjs', '.mts'] } },
    output: { file: 'dist/server.cjs', format: 'cjs', sourcemap: true },
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
