/** The functions: the server that the export brings, and servers of the user's. */
import type { PackageFiles } from '../merge-package.ts';
import { npmCommands } from '../merge-package.ts';
import type { RemoteServer } from '../remote-servers.ts';

export interface FunctionsInput {
  /** Null where no function is served here. */
  readonly pack: PackageFiles | null;
  readonly ports: readonly number[];
  readonly paths: readonly string[];
  readonly servers: readonly RemoteServer[];
  /** What the functions ask their environment for. */
  readonly variables: readonly string[];
}

export function functionsSection(input: FunctionsInput): string {
  const { pack, servers } = input;
  const elsewhere = servers.length === 0 ? '' : serversTable(servers);
  if (pack === null) {
    return `## The functions

None is served here: StateFun calls servers of yours, which have to run, and to be reached from where StateFun runs.

${elsewhere}`;
  }
  return `${serverSection(input, pack)}${elsewhere === '' ? '' : `\n\nThese are not asked of it, since servers of yours answer them, which have to be reached from where StateFun runs:\n\n${elsewhere}`}`;
}

function serversTable(servers: readonly RemoteServer[]): string {
  return `| functions | at |\n|---|---|\n${servers.map(({ title, url }) => `| \`${title}\` | \`${url}\` |`).join('\n')}`;
}

function serverSection({ ports, paths, variables }: FunctionsInput, pack: PackageFiles): string {
  const { scripts, locked } = pack;
  const { install, start } = npmCommands(pack);
  const port = ports.length === 1 ? `port ${ports[0]}` : `the ports ${ports.join(' and ')}`;
  const at = paths.length === 0 ? 'every path' : paths.map((path) => `\`${path}\``).join(', ');
  return `## The function server

Node 20.19 or newer is needed.

\`\`\`
${install}
${start}
\`\`\`

This builds \`dist/server.cjs\` from the functions (\`npm run ${scripts.build}\` only builds) and serves on ${port}, where \`module.yaml\` expects
the functions. To run what was built, \`dist/server.cjs\` and the packages of \`${install} --omit=dev\` are enough: \`node dist/server.cjs\`.${
    locked
      ? ''
      : '\n\nThe project has packages of its own, and no `package-lock.json` that fits them and the server: `npm install` writes it. Keep it with the project;\n`npm ci` works then, and the next export has the Dockerfile use it.'
  }

It answers at ${at}, and at \`GET /health\`. The environment changes that:

| variable | |
|---|---|
| \`PORT\` | one port in place of those of module.yaml |
| \`HOST\` | one address in place of all |
| \`ANY_PATH=1\` | every path is served: for a proxy in front that changes paths |
| \`MAX_REQUEST_MB\` | the largest request it reads; 64 unless set |${
    variables.length === 0
      ? ''
      : `\n| ${variables.map((name) => `\`${name}\``).join(', ')} | asked for by the functions (\`node --env-file=.env dist/server.cjs\` takes them from a file) |`
  }`;
}
