/** Declarations of what the sandbox provides beside the SDK: modules that can be imported by name, and globals of the web. */

/** Shorthand modules: what comes from them is not checked. */
export const PROVIDED_MODULES = `
declare module 'google-protobuf';
declare module 'google-protobuf/*';
declare module '*.json' {
  const value: any;
  export default value;
}
declare module 'node:http' {
  interface Server {
    listen(...args: any[]): Server;
    close(callback?: () => void): Server;
    on(event: string, listener: (...args: any[]) => void): Server;
    address(): any;
  }
  /** For running the file alone. In the simulation, and where the exported server runs it, it does not listen. */
  export function createServer(listener?: (request: any, response: any) => unknown): Server;
}
declare module 'http' { export * from 'node:http'; }
declare module 'https' { export * from 'node:http'; }
declare module 'node:https' { export * from 'node:http'; }
declare module 'node:buffer' {
  const Bytes: typeof Buffer;
  export { Bytes as Buffer };
}
declare module 'buffer' { export * from 'node:buffer'; }
declare module 'node:timers/promises' {
  export function setTimeout<T = void>(ms?: number, value?: T): Promise<T>;
}
declare module 'timers/promises' { export * from 'node:timers/promises'; }
`;

/** What function code may use beside the language: the sandbox installs these, virtual and seeded. */
export const WEB_GLOBALS = `
interface Console {
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  debug(...values: unknown[]): void;
  trace(...values: unknown[]): void;
  dir(value: unknown, options?: unknown): void;
  table(value: unknown, columns?: readonly string[]): void;
  group(...values: unknown[]): void;
  groupCollapsed(...values: unknown[]): void;
  groupEnd(): void;
  assert(condition?: boolean, ...values: unknown[]): void;
  time(label?: string): void;
  timeLog(label?: string, ...values: unknown[]): void;
  timeEnd(label?: string): void;
  count(label?: string): void;
  countReset(label?: string): void;
}
declare var console: Console;
declare function setTimeout(handler: (...args: any[]) => void, ms?: number, ...args: any[]): number;
declare function clearTimeout(id: number | undefined): void;
declare function setInterval(handler: (...args: any[]) => void, ms?: number, ...args: any[]): number;
declare function clearInterval(id: number | undefined): void;
declare function setImmediate(handler: (...args: any[]) => void, ...args: any[]): unknown;
declare function clearImmediate(id: unknown): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T, options?: { transfer?: ArrayBuffer[] }): T;
declare function atob(text: string): string;
declare function btoa(text: string): string;
declare var performance: { now(): number; readonly timeOrigin: number; mark(name: string): unknown; measure(name: string): unknown };
declare var crypto: { randomUUID(): string; getRandomValues<T extends ArrayBufferView>(array: T): T };
/** Empty while simulating: give a default, or import settings from a file. */
declare var process: {
  readonly env: Readonly<Record<string, string | undefined>>;
  on(event: string, listener: (...args: any[]) => void): unknown;
  exit(code?: number): void;
  nextTick(callback: (...args: any[]) => void, ...args: any[]): void;
};
declare var global: typeof globalThis;
declare var self: typeof globalThis;
interface ImportMeta { readonly url: string; readonly filename: string; readonly dirname: string }
type HeadersInit = Headers | Record<string, string> | readonly (readonly [string, string])[];
type BodyInit = string | ArrayBuffer | ArrayBufferView | URLSearchParams;
declare class Headers {
  constructor(init?: HeadersInit);
  append(name: string, value: string): void;
  set(name: string, value: string): void;
  get(name: string): string | null;
  has(name: string): boolean;
  delete(name: string): void;
  forEach(callback: (value: string, name: string, headers: Headers) => void): void;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  entries(): IterableIterator<[string, string]>;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}
interface Body {
  readonly headers: Headers;
  readonly bodyUsed: boolean;
  json(): Promise<any>;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
  bytes(): Promise<Uint8Array>;
}
interface RequestInit { method?: string; headers?: HeadersInit; body?: BodyInit | null; signal?: AbortSignal | null }
interface ResponseInit { status?: number; statusText?: string; headers?: HeadersInit }
interface Request extends Body {
  readonly method: string;
  readonly url: string;
  readonly signal: AbortSignal | null;
  clone(): Request;
}
declare var Request: { prototype: Request; new (input: string | URL | Request, init?: RequestInit): Request };
interface Response extends Body {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly redirected: boolean;
  clone(): Response;
}
declare var Response: { prototype: Response; new (body?: BodyInit | null, init?: ResponseInit): Response; json(value: unknown, init?: ResponseInit): Response };
/** Answered by the stubs of this project (stubs/). */
declare function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: any;
  onabort: ((event: { readonly type: 'abort' }) => void) | null;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
declare var AbortSignal: { prototype: AbortSignal; timeout(ms: number): AbortSignal; abort(reason?: unknown): AbortSignal; any(signals: Iterable<AbortSignal>): AbortSignal };
declare class AbortController { readonly signal: AbortSignal; abort(reason?: unknown): void }
declare class DOMException extends Error { constructor(message?: string, name?: string); readonly code: number }
declare class TextEncoder {
  readonly encoding: string;
  encode(text?: string): Uint8Array<ArrayBuffer>;
  encodeInto(text: string, bytes: Uint8Array): { read: number; written: number };
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: string;
  decode(bytes?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string;
}
declare class URLSearchParams {
  constructor(init?: string | Record<string, string> | Iterable<readonly [string, string]> | URLSearchParams);
  readonly size: number;
  append(name: string, value: string): void;
  set(name: string, value: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: string): boolean;
  delete(name: string, value?: string): void;
  sort(): void;
  forEach(callback: (value: string, name: string, params: URLSearchParams) => void): void;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  entries(): IterableIterator<[string, string]>;
  [Symbol.iterator](): IterableIterator<[string, string]>;
  toString(): string;
}
declare class URL {
  constructor(url: string | URL, base?: string | URL);
  static canParse(url: string | URL, base?: string | URL): boolean;
  href: string;
  readonly origin: string;
  readonly searchParams: URLSearchParams;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  hash: string;
  toString(): string;
  toJSON(): string;
}
`;
