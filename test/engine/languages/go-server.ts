/** The function server on the Go SDK. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MissingTool } from '../driver/toolchain.ts';
import { cachedBuild } from './cached-build.ts';
import type { ServerCommand } from './language-server.ts';

const sources = fileURLToPath(new URL('go', import.meta.url));
/** What go.mod says. */
const OLDEST_MINOR = 18;

export function goServer(environment: NodeJS.ProcessEnv = process.env): ServerCommand {
  const version = findGo(environment);
  const files = readdirSync(sources).toSorted();
  const folder = cachedBuild('go', [version, ...files.map((file) => readFileSync(join(sources, file)))], (built) => {
    const { status, stderr } = spawnSync('go', ['build', '-mod=readonly', '-trimpath', '-o', join(built, 'functions'), '.'], {
      cwd: sources,
      encoding: 'utf8',
    });
    if (status !== 0) {
      throw new MissingTool(`The function server on the Go SDK could not be built:\n${stderr}`);
    }
  });
  return { command: join(folder, 'functions'), args: [] };
}

export function findGo(environment: NodeJS.ProcessEnv): string {
  const { status, stdout } = spawnSync('go', ['version'], { env: environment, encoding: 'utf8' });
  const [, version, minor] = (status === 0 ? / go(1\.(\d+)\S*) /.exec(stdout) : null) ?? [];
  if (version === undefined || Number(minor) < OLDEST_MINOR) {
    throw new MissingTool(
      `The tests of the Go SDK need Go 1.${OLDEST_MINOR} or newer: install it so that \`go\` is on the PATH (Debian and Ubuntu: apt-get install golang-go).`,
    );
  }
  return version;
}
