/** `npm start`: installs what is missing, builds, serves on loopback and prints the address. `--port N` asks for a port. */
import { ensureInstalled } from './install.mjs';
import { dist, ensureBuilt } from './build.mjs';
import { builtCommandLine } from './build-cli.mjs';
import { createAppServer, listen } from './serve.mjs';

const DEFAULT_PORT = 4173;
const flag = process.argv.indexOf('--port');
const wanted = flag === -1 ? DEFAULT_PORT : Number(process.argv[flag + 1]);
if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65535) {
  console.error('--port takes a number from 0 to 65535.');
  process.exit(1);
}
ensureInstalled();
ensureBuilt();
builtCommandLine();
const server = createAppServer(dist);
try {
  const port = await listen(server, wanted, flag !== -1);
  console.log(`StateFun Studio: http://127.0.0.1:${port}/  (Ctrl+C ends it)`);
} catch (error) {
  console.error(error.code === 'EADDRINUSE' ? `Port ${wanted} is in use; choose another with: npm start -- --port N` : error.message);
  process.exit(1);
}
