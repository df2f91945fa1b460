/** Code that tries to get out of the sandbox, or to see what no call may see; each try tells `[name, what came of it]`. */
import { teller } from './sandbox-calls.ts';

/** Every way to reach a network, storage, another realm or shared memory that a browser's worker or Node knows. */
const reach = `
const tries: [string, () => unknown][] = [
  ['fetch', () => fetch('https://example.com/')],
  ['fetch of the app', () => fetch('/index.html')],
  ['XMLHttpRequest', () => new (globalThis as any).XMLHttpRequest()],
  ['WebSocket', () => new (globalThis as any).WebSocket('wss://example.com')],
  ['EventSource', () => new (globalThis as any).EventSource('https://example.com')],
  ['WebTransport', () => new (globalThis as any).WebTransport('https://example.com')],
  ['importScripts', () => (globalThis as any).importScripts('https://example.com/x.js')],
  ['import()', () => import('https://example.com/x.js')],
  ['import() of data', () => import('data:text/javascript,export default 1')],
  ['require', () => (require as any)('node:fs')],
  ['process.binding', () => (globalThis as any).process.binding('fs')],
  ['process.mainModule', () => (globalThis as any).process.mainModule.require('fs')],
  ['Worker', () => new (globalThis as any).Worker('data:text/javascript,1')],
  ['SharedWorker', () => new (globalThis as any).SharedWorker('x.js')],
  ['MessageChannel', () => new (globalThis as any).MessageChannel()],
  ['BroadcastChannel', () => new (globalThis as any).BroadcastChannel('x')],
  ['postMessage', () => (globalThis as any).postMessage('x')],
  ['close', () => (globalThis as any).close()],
  ['indexedDB', () => (globalThis as any).indexedDB.open('studio')],
  ['caches', () => (globalThis as any).caches.open('x')],
  ['localStorage', () => (globalThis as any).localStorage.length],
  ['navigator', () => (globalThis as any).navigator.locks],
  ['location', () => (globalThis as any).location.href],
  ['parent', () => (globalThis as any).parent.document],
  ['FontFace', () => new (globalThis as any).FontFace('x', 'url(https://example.com/x)')],
  ['WebAssembly', () => new (globalThis as any).WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })],
  ['SharedArrayBuffer', () => new (globalThis as any).SharedArrayBuffer(8)],
  ['Atomics', () => (globalThis as any).Atomics.wait],
  ['WeakRef', () => new (globalThis as any).WeakRef({})],
  ['FinalizationRegistry', () => new (globalThis as any).FinalizationRegistry(() => undefined)],
  ['Temporal', () => (globalThis as any).Temporal.Now.instant()],
  ['Event', () => new (globalThis as any).Event('x').timeStamp],
  ['File', () => new (globalThis as any).File([], 'x').lastModified],
  ['object URLs', () => (URL as any).createObjectURL(null)],
  ['eval', () => (0, eval)('1')],
  ['Function', () => Function('return 1')],
  ['a function’s constructor', () => (() => 1).constructor('return 1')],
  ['AsyncFunction', () => (async () => 1).constructor('return 1')],
  ['GeneratorFunction', () => (function* () {}).constructor('yield 1')],
  ['AsyncGeneratorFunction', () => (async function* () {}).constructor('yield 1')],
  ['timers of text', () => setTimeout('globalThis.x = 1' as any, 0)],
  ['the harness', () => (globalThis as any).__statefunStudioStart([], [])],
  ['the port', () => (globalThis as any).__statefunStudioPort.postMessage(1)],
  ['call sites', () => { (Error as any).prepareStackTrace = (_e: unknown, sites: any[]) => sites; return (new Error('x').stack as any)[0].getFunction(); }],
  ['module.constructor', () => (module as any).constructor('x').require('fs')],
  ['new globals', () => { (globalThis as any).leak = 1; }],
  ['another clock', () => { (Date as any).now = () => 1; }],
  ['another chance', () => { Math.random = () => 0.5; }],
];
for (const [name, attempt] of tries) {
  try { const got = await attempt(); tell([name, 'reached ' + typeof got]); } catch (error) { tell([name, 'refused']); }
}`;

export const reachProbe = teller(reach, 'declare const require: unknown, module: unknown;');

/** What may differ between two machines, browsers or runs, and must not. */
const differ = `
tell([Date(), Date.now(), new Date().toString(), new (new Date(0).constructor as any)().getTime(), new (class extends Date {})().getTime()]);
tell([new Date(2024, 0, 1, 12).toISOString(), new Date('2024-03-31T02:30').toISOString(), new Date('Mar 31, 2024 02:30').toISOString(), Date.parse('2024-01-01T00:00:00+02:00')]);
tell([new Date(0).getTimezoneOffset(), new Date(0).getHours(), new Date(NaN).toString(), new Date(1e12).toLocaleString(), new Date(1e12).toLocaleDateString('de-DE'), new Date(1e12).toTimeString()]);
tell([new Intl.DateTimeFormat().format(), new Intl.DateTimeFormat().resolvedOptions().timeZone, new Intl.NumberFormat().format(1234.5), (1234.5).toLocaleString(), 'a'.localeCompare('b'), Intl.DateTimeFormat().resolvedOptions().locale]);
tell([Math.random(), Math.random(), crypto.randomUUID(), Array.from(crypto.getRandomValues(new Uint8Array(4)))]);
tell([performance.now(), performance.timeOrigin]);
tell((() => { try { (undefined as any).x(); } catch (error) { return (error as Error).stack; } })());
tell(structuredClone({ at: new Date(5) }).at.getTime());
tell([typeof setTimeout(() => undefined, 5), Object.keys(globalThis).length]);
tell([Math.sin(1e15), Math.pow(1.1, 100.5), [3, 1, 2].sort().join(), 'ǆ'.toLocaleUpperCase()]);`;

export const differProbe = teller(differ);
