/** The official SDK's declarations, as they come in its package, and the few globals that they lean on. */

const declarations: Record<string, string> = import.meta.glob('../../node_modules/apache-flink-statefun/dist/*.d.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The SDK's declarations name Node's Buffer and a global `proto` that they do not declare. */
const GLOBALS = `
interface Buffer extends Uint8Array {
  toString(encoding?: string, start?: number, end?: number): string;
  write(text: string, offset?: number): number;
  equals(other: Uint8Array): boolean;
}
declare var Buffer: {
  from(value: string | ArrayLike<number> | ArrayBufferLike, encoding?: string): Buffer;
  alloc(size: number): Buffer;
  concat(list: readonly Uint8Array[]): Buffer;
  isBuffer(value: unknown): value is Buffer;
};
declare namespace proto.io.statefun.sdk.reqreply {
  interface TypedValue {
    getTypename(): string;
    getHasValue(): boolean;
    getValue_asU8(): Uint8Array;
  }
}
`;

/** What function code may use beside the language: the sandbox installs these, virtual and seeded. */
const SANDBOX = `
declare var console: {
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  debug(...values: unknown[]): void;
};
declare function setTimeout(handler: (...args: any[]) => void, ms?: number, ...args: any[]): number;
declare function clearTimeout(id: number | undefined): void;
declare function setInterval(handler: (...args: any[]) => void, ms?: number, ...args: any[]): number;
declare function clearInterval(id: number | undefined): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;
declare function atob(text: string): string;
declare function btoa(text: string): string;
declare var performance: { now(): number; readonly timeOrigin: number };
declare var crypto: { randomUUID(): string; getRandomValues<T extends ArrayBufferView>(array: T): T };
interface Headers {
  get(name: string): string | null;
  has(name: string): boolean;
  forEach(callback: (value: string, name: string) => void): void;
}
interface Response {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly headers: Headers;
  json(): Promise<any>;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}
/** Answered by the stubs of this project (stubs/). */
declare function fetch(
  url: string,
  options?: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array; signal?: unknown },
): Promise<Response>;
declare class TextEncoder { encode(text: string): Uint8Array }
declare class TextDecoder { constructor(label?: string); decode(bytes?: Uint8Array): string }
declare class URLSearchParams {
  constructor(init?: string | Record<string, string>);
  get(name: string): string | null;
  set(name: string, value: string): void;
  append(name: string, value: string): void;
  toString(): string;
}
`;

export interface ExtraLib {
  readonly path: string;
  readonly content: string;
}

export const SDK_LIBS: readonly ExtraLib[] = [
  ...Object.entries(declarations).map(([path, content]) => ({
    path: `file:///node_modules/apache-flink-statefun/dist/${path.slice(path.lastIndexOf('/') + 1)}`,
    // The reference would load Node's types; the globals below stand in for them.
    content: content.replace('/// <reference types="node" />', ''),
  })),
  { path: 'file:///node_modules/apache-flink-statefun/index.d.ts', content: "export * from './dist/public_api';" },
  { path: 'file:///studio/sdk-globals.d.ts', content: GLOBALS },
  { path: 'file:///studio/sandbox-globals.d.ts', content: SANDBOX },
];
