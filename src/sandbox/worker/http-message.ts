/** Headers, Request and Response as far as function code uses them: bodies are at hand, nothing streams. */
import { hasOwn, isArray, jsonParse, jsonStringify, NativeTypeError } from './primordials.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const encode = encoder.encode.bind(encoder);
const decode = decoder.decode.bind(decoder);

export type HeadersInput = Headers | Record<string, unknown> | readonly (readonly [unknown, unknown])[] | null | undefined;

export class Headers {
  readonly #entries: [string, string][] = [];

  constructor(init?: HeadersInput) {
    const pairs =
      init instanceof Headers
        ? init.entries()
        : isArray(init)
          ? (init as readonly (readonly [unknown, unknown])[])
          : Object.entries(init ?? {});
    for (const [name, value] of pairs) {
      this.append(name, value);
    }
  }
  append(name: unknown, value: unknown): void {
    const had = this.get(name);
    this.set(name, had === null ? value : `${had}, ${String(value)}`);
  }
  set(name: unknown, value: unknown): void {
    this.delete(name);
    this.#entries.push([String(name).toLowerCase(), String(value).trim()]);
    this.#entries.sort(([a], [b]) => (a < b ? -1 : 1));
  }
  get(name: unknown): string | null {
    const key = String(name).toLowerCase();
    return this.#entries.find(([other]) => other === key)?.[1] ?? null;
  }
  has(name: unknown): boolean {
    return this.get(name) !== null;
  }
  delete(name: unknown): void {
    const key = String(name).toLowerCase();
    const at = this.#entries.findIndex(([other]) => other === key);
    if (at !== -1) {
      this.#entries.splice(at, 1);
    }
  }
  forEach(visit: (value: string, name: string, headers: Headers) => void): void {
    for (const [name, value] of this.entries()) {
      visit(value, name, this);
    }
  }
  keys(): IterableIterator<string> {
    return this.#entries.map(([name]) => name).values();
  }
  values(): IterableIterator<string> {
    return this.#entries.map(([, value]) => value).values();
  }
  entries(): IterableIterator<[string, string]> {
    return this.#entries.map(([name, value]): [string, string] => [name, value]).values();
  }
  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }
}

/** A body as text, and the content type that it implies. */
function bodyText(body: unknown): { readonly text: string | null; readonly contentType: string | null } {
  if (body === null || body === undefined) {
    return { text: null, contentType: null };
  }
  if (body instanceof URLSearchParams) {
    return { text: body.toString(), contentType: 'application/x-www-form-urlencoded;charset=UTF-8' };
  }
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) {
    return { text: decode(body), contentType: null };
  }
  return { text: String(body), contentType: 'text/plain;charset=UTF-8' };
}

/** What Request and Response share. */
class Body {
  readonly headers: Headers;
  #text: string | null;
  #used = false;

  constructor(body: unknown, headers: HeadersInput) {
    const { text, contentType } = bodyText(body);
    this.#text = text;
    this.headers = new Headers(headers);
    if (contentType !== null && !this.headers.has('content-type')) {
      this.headers.set('content-type', contentType);
    }
  }
  get bodyUsed(): boolean {
    return this.#used;
  }
  async text(): Promise<string> {
    return this.#take();
  }
  async json(): Promise<unknown> {
    return jsonParse(this.#take()) as unknown;
  }
  async arrayBuffer(): Promise<ArrayBuffer> {
    return encode(this.#take()).buffer as ArrayBuffer;
  }
  async bytes(): Promise<Uint8Array> {
    return encode(this.#take());
  }
  /** The harness's own look at the body; does not use it up. */
  static peek(body: Body): string | null {
    return body.#text;
  }
  #take(): string {
    if (this.#used && this.#text !== null) {
      throw new NativeTypeError('Body is unusable: Body has already been read');
    }
    this.#used = true;
    return this.#text ?? '';
  }
}

export const peekBody = Body.peek;

export interface RequestInit {
  readonly method?: unknown;
  readonly headers?: HeadersInput;
  readonly body?: unknown;
  readonly signal?: unknown;
}

export class Request extends Body {
  readonly method: string;
  readonly url: string;
  readonly signal: unknown;

  constructor(input: unknown, init: RequestInit = {}) {
    const from = input instanceof Request ? input : null;
    super(init.body ?? (from === null ? null : peekBody(from)), init.headers ?? from?.headers);
    this.method = String(init.method ?? from?.method ?? 'GET').toUpperCase();
    this.signal = init.signal ?? from?.signal ?? null;
    const text = from === null ? String(input) : from.url;
    try {
      this.url = new URL(text).href;
    } catch {
      throw new NativeTypeError(`Failed to parse URL from ${text}: fetch takes a whole URL, such as https://example.com/path`);
    }
    if ((this.method === 'GET' || this.method === 'HEAD') && peekBody(this) !== null) {
      throw new NativeTypeError('Request with GET/HEAD method cannot have body.');
    }
  }
  clone(): Request {
    return new Request(this);
  }
}

export interface ResponseInit {
  readonly status?: unknown;
  readonly statusText?: unknown;
  readonly headers?: HeadersInput;
}

export class Response extends Body {
  readonly status: number;
  readonly statusText: string;
  readonly url: string = '';
  readonly type = 'basic';
  readonly redirected = false;

  constructor(body?: unknown, init: ResponseInit = {}) {
    super(body, init.headers);
    this.status = Number(init.status ?? 200);
    this.statusText = String(init.statusText ?? '');
    if (!(this.status >= 200 && this.status <= 599)) {
      throw new RangeError('A response has a status from 200 to 599');
    }
    if (hasOwn(init, 'url')) {
      this.url = String((init as { url?: unknown }).url);
    }
  }
  get ok(): boolean {
    return this.status >= 200 && this.status <= 299;
  }
  clone(): Response {
    const init = { status: this.status, statusText: this.statusText, headers: this.headers, url: this.url };
    return new Response(peekBody(this), init);
  }
  static json(value: unknown, init: ResponseInit = {}): Response {
    const response = new Response(jsonStringify(value), init);
    response.headers.set('content-type', 'application/json');
    return response;
  }
}
