/** Builds functions and server to one file of plain JavaScript: dist/server.cjs. Packages stay outside of it. */
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const noServer = fileURLToPath(new URL('no-server.js', import.meta.url));
const functions = fileURLToPath(new URL('../functions/', import.meta.url));

const HTTP = /^(node:)?https?$/;

/** Function files may start a server of their own, as for running them alone: it does not listen here. */
function startsServer(id, importer) {
  return HTTP.test(id) && importer?.startsWith(functions) === true;
}

try {
  await build({
    cwd: root,
    input: 'server/main.js',
    platform: 'node',
    external: (id, importer) => !id.startsWith('.') && !isAbsolute(id) && !startsServer(id, importer),
    plugins: [{ name: 'one-server', resolveId: (id, importer) => (startsServer(id, importer) ? noServer : null) }],
    // A file may re-export a type, which is not there at run time.
    shimMissingExports: true,
    resolve: { extensionAlias: { '.js': ['.js', '.ts'], '.mjs': ['.mjs', '.mts'] } },
    output: { file: 'dist/server.cjs', format: 'cjs', sourcemap: true },
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
