/** What to say of an import that functions cannot have: Node's own modules, packages, addresses. */

const SERVICES = 'Call services with fetch, answered by a stub in stubs/ here; what leaves for other systems goes through an egress.';

/** By the first part of the name. */
const ADVICE: Readonly<Record<string, string>> = {
  assert: 'Throw an Error of your own.',
  async_hooks: 'Pass what a call needs as an argument.',
  child_process: 'Functions run no programs: send to another function, or call a service with fetch.',
  cluster: 'StateFun scales by more function servers; nothing is needed in the code.',
  console: 'console is there without an import.',
  crypto: 'Take crypto.randomUUID() and crypto.getRandomValues(), which are there without an import; for hashes drop in a library file.',
  dgram: SERVICES,
  diagnostics_channel: 'Log with console.',
  dns: SERVICES,
  events: 'Functions talk by messages: context.send(…). For an emitter of your own write a small class.',
  fs: "Functions have no files: import data that belongs to the project, import rates from './rates.json', and keep what changes in context.storage.",
  http2: SERVICES,
  inspector: 'Log with console.',
  module: "Write import or require with the path of a file, such as './shared.ts'.",
  net: SERVICES,
  os: 'A function must not depend on the machine it runs on: put settings into a file of the project and import it.',
  path: 'Functions have no files; join texts with a template, such as `${folder}/${name}`.',
  perf_hooks: 'performance is there without an import.',
  process: 'process is there without an import, with an empty process.env: put settings into a file of the project and import it.',
  punycode: 'Take new URL(text).hostname.',
  querystring: 'Take URLSearchParams, which is there without an import.',
  readline: 'Records come in through an ingress.',
  repl: 'Records come in through an ingress.',
  sqlite: 'Keep what a function remembers in context.storage.',
  stream: 'Messages come one by one; keep what is between them in context.storage.',
  string_decoder: 'Take TextDecoder, which is there without an import.',
  test: 'Scenarios in scenarios/ test a module: statefun-studio test.',
  timers: 'setTimeout is there without an import; to act later than this call, use context.sendAfter.',
  tls: SERVICES,
  tty: 'Log with console.',
  url: 'URL and URLSearchParams are there without an import.',
  util: 'structuredClone, TextEncoder and TextDecoder are there without an import; console.log shows any value.',
  v8: 'structuredClone is there without an import.',
  vm: 'Text is not run as code: write it into a file of the project.',
  wasi: 'WebAssembly is not there: take the plain JavaScript build of a library.',
  worker_threads: 'StateFun runs functions of different ids at once by itself.',
  zlib: 'Drop in a library in plain JavaScript, such as functions/lib/fflate.js.',
};

/** Null where the name is none of Node's modules. */
export function nodeModuleAdvice(specifier: string): string | null {
  const isPrefixed = specifier.startsWith('node:');
  const name = specifier.replace(/^node:/, '').split('/')[0] ?? '';
  const advice = Object.hasOwn(ADVICE, name) ? ADVICE[name] : undefined;
  if (advice === undefined && !isPrefixed) {
    return null;
  }
  return `“${specifier}” is a part of Node.js that functions do not have in the simulation. ${advice ?? SERVICES}`;
}

/** `found`: a file of the project that seems to be this package, with the path by which to import it. */
export function packageAdvice(specifier: string, found: string | null, example: string): string {
  if (found !== null) {
    return `The package “${specifier}” is not there, but a file of that name is: import it by its path, '${found}'.`;
  }
  return `The package “${specifier}” is not there: functions have apache-flink-statefun, google-protobuf and the files of the project. Drop a bundled file of it into the project and import that by its path, such as '${example}'.`;
}

export function addressAdvice(specifier: string): string {
  return `“${specifier}” is an address; code is not loaded over the network. Put the file into the project and import it by its path.`;
}
