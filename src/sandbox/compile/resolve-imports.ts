/** Which module an import names: a file of the project, the SDK, or one of the few stand-ins for Node's modules. */

/** Modules that the sandbox provides under the names that code may import. */
export const providedModules: Readonly<Record<string, string>> = {
  'apache-flink-statefun': 'apache-flink-statefun',
  'node:http': 'node:http',
  http: 'node:http',
  'node:https': 'node:http',
  https: 'node:http',
  'node:buffer': 'node:buffer',
  buffer: 'node:buffer',
  'node:timers/promises': 'node:timers/promises',
  'timers/promises': 'node:timers/promises',
};

const nodeBuiltins =
  /^(node:.*|(assert|async_hooks|child_process|cluster|crypto|dgram|dns|events|fs|http2|inspector|module|net|os|path|perf_hooks|process|querystring|readline|stream|string_decoder|timers|tls|tty|url|util|v8|vm|wasi|worker_threads|zlib)(\/.*)?)$/;

export type ResolvedImport =
  | { readonly type: 'file' | 'provided'; readonly name: string }
  | { readonly type: 'unknown'; readonly message: string };

export function resolveImport(specifier: string, from: string, paths: ReadonlySet<string>): ResolvedImport {
  const provided = Object.hasOwn(providedModules, specifier) ? providedModules[specifier] : undefined;
  if (provided !== undefined) {
    return { type: 'provided', name: provided };
  }
  if (specifier.startsWith('./') || specifier.startsWith('../')) {
    return resolveFile(specifier, from, paths);
  }
  if (specifier.startsWith('apache-flink-statefun/')) {
    return { type: 'unknown', message: `"${specifier}" is inside the SDK; import from 'apache-flink-statefun' itself.` };
  }
  if (nodeBuiltins.test(specifier)) {
    return {
      type: 'unknown',
      message: `"${specifier}" is a part of Node.js that the simulation does not have: functions run without files, network or processes. Use fetch with a stub for services, crypto.randomUUID() for ids.`,
    };
  }
  return {
    type: 'unknown',
    message: `"${specifier}" is not there: the simulation has 'apache-flink-statefun' and the project's own files. Copy what you need into a file in functions/ and import it with a path such as './${specifier.replace(/^@/, '').replaceAll('/', '-')}.ts'.`,
  };
}

function resolveFile(specifier: string, from: string, paths: ReadonlySet<string>): ResolvedImport {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') {
      if (parts.length === 0) {
        return { type: 'unknown', message: `"${specifier}" leads out of the project.` };
      }
      parts.pop();
    } else if (part !== '.' && part !== '') {
      parts.push(part);
    }
  }
  const base = parts.join('/');
  const found = candidates(base).find((path) => paths.has(path));
  return found === undefined
    ? {
        type: 'unknown',
        message: `There is no file "${base}" in the project (.ts and .js files of functions/ and stubs/ can be imported).`,
      }
    : { type: 'file', name: found };
}

/** TypeScript writes `./a.js` for `a.ts`; Node wants the ending, bundlers do not. */
function candidates(base: string): string[] {
  const stem = base.replace(/\.[cm]?js$/, '');
  return [
    base,
    `${stem}.ts`,
    `${stem}.mts`,
    `${base}.ts`,
    `${base}.js`,
    `${base}.mts`,
    `${base}.mjs`,
    `${base}/index.ts`,
    `${base}/index.js`,
  ];
}
