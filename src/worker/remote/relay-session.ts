/**
 * A session with the relay: one response that stays open and brings the answers, short requests that bring the calls. It ends
 * with `close`, or when the server goes; what was under way then counts as dropped.
 */
import type { RemoteTarget } from '../../model/remote-target.ts';
import type { HttpAnswer } from './http-answer.ts';
import { FrameReader, relayFrame } from './relay-frames.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface RelayCall {
  readonly target: RemoteTarget;
  readonly body: Uint8Array;
  readonly resolve: (answer: HttpAnswer) => void;
}

/** Of one request to the relay; the rest goes with the next one. */
const BATCH_BYTES = 8 * 1024 * 1024;
const BATCH_CALLS = 64;
const GONE = 'The relay of the Studio’s server ended: is npm start still running?';

export class RelaySession {
  readonly #fetch: Fetch;
  readonly #base: string;
  readonly #token: string;
  readonly #cancel: AbortController;
  readonly #registered = new Map<string, Promise<string | null>>();
  readonly #pending = new Map<number, RelayCall>();
  #queue: { readonly id: number; readonly frame: Uint8Array<ArrayBuffer> }[] = [];
  #last = 0;
  ended = false;

  private constructor(fetch: Fetch, base: string, token: string, cancel: AbortController) {
    this.#fetch = fetch;
    this.#base = base;
    this.#token = token;
    this.#cancel = cancel;
  }

  /** Null where there is no relay. */
  static async open(fetch: Fetch, base: string): Promise<RelaySession | null> {
    const cancel = new AbortController();
    const init = { ...REQUEST, headers: HEADERS, signal: cancel.signal };
    const response = await fetch(`${base}session`, init).catch(() => null);
    if (response?.status !== 200 || response.headers.get('content-type') !== HEADERS['content-type'] || response.body === null) {
      cancel.abort();
      return null;
    }
    const reader = response.body.getReader();
    const frames = new FrameReader();
    const first = await readFrames(reader, frames);
    const token = tokenOf(first?.[0]?.meta);
    if (token === null) {
      cancel.abort();
      return null;
    }
    const session = new RelaySession(fetch, base, token, cancel);
    void session.#listen(reader, frames);
    return session;
  }

  async call(call: RelayCall): Promise<void> {
    const refusal = await this.#register(call.target.template);
    if (refusal !== null || this.ended) {
      call.resolve({ type: 'refused', message: refusal ?? GONE });
      return;
    }
    this.#last += 1;
    const id = this.#last;
    const { template: target, name, transport, timeoutMillis } = call.target;
    this.#pending.set(id, call);
    this.#queue.push({ id, frame: relayFrame({ id, target, name, transport, timeoutMillis }, call.body) });
    if (this.#queue.length === 1) {
      // Calls that were issued together go out together.
      setTimeout(() => this.#flush(), 0);
    }
  }

  close(): void {
    this.#cancel.abort();
    this.#end();
  }

  #flush(): void {
    while (this.#queue.length > 0) {
      let bytes = 0;
      let count = 0;
      for (const { frame } of this.#queue) {
        if (count > 0 && (count === BATCH_CALLS || bytes + frame.length > BATCH_BYTES)) {
          break;
        }
        bytes += frame.length;
        count += 1;
      }
      void this.#post(this.#queue.splice(0, count));
    }
  }

  async #post(batch: readonly { readonly id: number; readonly frame: Uint8Array<ArrayBuffer> }[]): Promise<void> {
    const refusal = await this.#send('calls', new Blob(batch.map(({ frame }) => frame)));
    if (refusal !== null) {
      batch.forEach(({ id }) => this.#settle(id, { type: 'refused', message: refusal }));
    }
  }

  #register(template: string): Promise<string | null> {
    const known = this.#registered.get(template);
    if (known !== undefined) {
      return known;
    }
    const registering = this.#send('targets', template);
    this.#registered.set(template, registering);
    return registering;
  }

  /** Why the relay did not take it, or null. */
  async #send(act: string, body: BodyInit): Promise<string | null> {
    try {
      const headers = { ...HEADERS, 'x-relay-token': this.#token };
      const response = await this.#fetch(`${this.#base}${act}`, { ...REQUEST, headers, body, signal: this.#cancel.signal });
      return response.status === 204 ? null : `The relay of the Studio’s server refused: ${(await response.text()).slice(0, 200)}.`;
    } catch {
      return GONE;
    }
  }

  async #listen(reader: ReadableStreamDefaultReader<Uint8Array>, frames: FrameReader): Promise<void> {
    for (;;) {
      const read = await readFrames(reader, frames);
      if (read === null) {
        this.#end();
        return;
      }
      for (const { meta, body } of read) {
        const answer = answerOf(meta, body);
        if (answer !== null) {
          this.#settle(answer.id, answer.answer);
        }
      }
    }
  }

  #settle(id: number, answer: HttpAnswer): void {
    this.#pending.get(id)?.resolve(answer);
    this.#pending.delete(id);
  }

  #end(): void {
    this.ended = true;
    this.#queue = [];
    [...this.#pending.keys()].forEach((id) => this.#settle(id, { type: 'dropped', message: GONE }));
  }
}

const HEADERS = { 'content-type': 'application/octet-stream', 'x-statefun-studio': 'relay' };
const REQUEST = { method: 'POST', credentials: 'omit', cache: 'no-store', redirect: 'error' } as const;

/** The next frames, none of them complete yet perhaps; null at the end. */
async function readFrames(reader: ReadableStreamDefaultReader<Uint8Array>, frames: FrameReader) {
  try {
    const { done, value } = await reader.read();
    return done ? null : frames.add(value);
  } catch {
    return null;
  }
}

function tokenOf(meta: unknown): string | null {
  return typeof meta === 'object' && meta !== null && 'token' in meta && typeof meta.token === 'string' ? meta.token : null;
}

function answerOf(meta: unknown, body: Uint8Array): { readonly id: number; readonly answer: HttpAnswer } | null {
  if (typeof meta !== 'object' || meta === null || !('id' in meta) || typeof meta.id !== 'number' || !('answer' in meta)) {
    return null;
  }
  // Written by our own server from an HttpAnswer.
  const answer = meta.answer as Omit<HttpAnswer, 'body'>;
  return { id: meta.id, answer: (answer.type === 'answered' ? { ...answer, body } : answer) as HttpAnswer };
}
