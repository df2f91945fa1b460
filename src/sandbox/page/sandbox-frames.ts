/**
 * Keeps the sandbox's iframe for the app's worker: starts and ends sandbox workers in it, and replaces it when it dies.
 *
 * A process that ran out of memory takes the iframe with it, and the page gets no event: so the iframe is pinged, and
 * silence means that it is gone. Then every sandbox that lived in it is reported as failed, and those that had not been
 * started yet are started in the new one.
 *
 * Invariants: at most one iframe; each wanted sandbox is answered by one port or one failure; a failure after the port is told once.
 */
import type { FromFrame, ToFrame } from './frame-messages.ts';
import { SANDBOX_PAGE } from './sandbox-page.ts';

/** The part of the worker's client that is needed; its other events are passed over. */
export interface SandboxClient {
  listen(listener: (event: SandboxEvent | { readonly type: string }) => void): () => void;
  tell(event: SandboxNews, transfer?: Transferable[]): void;
}

export type SandboxEvent =
  | { readonly type: 'sandbox-wanted'; readonly sandbox: number; readonly parts: readonly string[] }
  | { readonly type: 'sandbox-unwanted'; readonly sandbox: number };

export type SandboxNews =
  | { readonly type: 'sandbox-port'; readonly sandbox: number; readonly port: MessagePort }
  | { readonly type: 'sandbox-failed'; readonly sandbox: number; readonly message: string };

export interface FrameTimes {
  /** Real ms between two pings. */
  readonly pingEvery: number;
  /** Real ms of silence after which an iframe counts as dead. A busy machine may keep a living one silent for seconds. */
  readonly silence: number;
  /** The same, while an answer to a start or an end is due: those are given at once. */
  readonly dueSilence: number;
}

const TIMES: FrameTimes = { pingEvery: 1000, silence: 8000, dueSilence: 4000 };

export interface SandboxFrames {
  close(): void;
}

export function createSandboxFrames(client: SandboxClient, times: FrameTimes = TIMES): SandboxFrames {
  const frames = new Frames(client, times);
  const ignore = client.listen((event) => frames.hear(event as SandboxEvent));
  return {
    close() {
      ignore();
      frames.close();
    },
  };
}

type Tenant =
  | { readonly state: 'wanted'; readonly parts: readonly string[] }
  | { readonly state: 'starting'; readonly parts: readonly string[]; readonly since: number }
  | { readonly state: 'running' }
  | { readonly state: 'ending'; readonly since: number };

class Frames {
  readonly #client: SandboxClient;
  readonly #times: FrameTimes;
  readonly #tenants = new Map<number, Tenant>();
  readonly #onMessage = (event: MessageEvent): void => this.#receive(event);
  #frame: HTMLIFrameElement | null = null;
  #up = false;
  #checkedAt = 0;
  #silentFor = 0;
  #pings = 0;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(client: SandboxClient, times: FrameTimes) {
    this.#client = client;
    this.#times = times;
    window.addEventListener('message', this.#onMessage);
  }

  hear(event: SandboxEvent): void {
    if (event.type === 'sandbox-wanted') {
      this.#tenants.set(event.sandbox, { state: 'wanted', parts: event.parts });
      this.#settle();
    } else if (event.type === 'sandbox-unwanted') {
      const tenant = this.#tenants.get(event.sandbox);
      if (tenant === undefined || tenant.state === 'wanted') {
        this.#tenants.delete(event.sandbox);
        return;
      }
      this.#tenants.set(event.sandbox, { state: 'ending', since: performance.now() });
      this.#post({ type: 'end', sandbox: event.sandbox });
    }
  }

  close(): void {
    window.removeEventListener('message', this.#onMessage);
    this.#removeFrame();
    this.#tenants.clear();
  }

  /** Makes the iframe if it is needed, and starts in it what is wanted. */
  #settle(): void {
    if (this.#frame === null) {
      this.#makeFrame();
    }
    if (!this.#up) {
      return;
    }
    for (const [sandbox, tenant] of this.#tenants) {
      if (tenant.state === 'wanted') {
        const { port1, port2 } = new MessageChannel();
        this.#tenants.set(sandbox, { state: 'starting', parts: tenant.parts, since: performance.now() });
        this.#post({ type: 'start', sandbox, parts: tenant.parts, port: port1 }, [port1]);
        this.#ports.set(sandbox, port2);
      }
    }
  }

  readonly #ports = new Map<number, MessagePort>();

  #makeFrame(): void {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.setAttribute('aria-hidden', 'true');
    frame.tabIndex = -1;
    frame.title = 'Sandbox';
    frame.hidden = true;
    frame.src = new URL(SANDBOX_PAGE, document.baseURI).href;
    this.#frame = frame;
    this.#up = false;
    this.#checkedAt = performance.now();
    this.#silentFor = 0;
    document.body.append(frame);
    this.#timer = setInterval(() => this.#check(), this.#times.pingEvery);
  }

  #removeFrame(): void {
    if (this.#timer !== null) {
      clearInterval(this.#timer);
    }
    this.#timer = null;
    this.#frame?.remove();
    this.#frame = null;
    this.#up = false;
    this.#ports.clear();
  }

  #receive(event: MessageEvent): void {
    if (this.#frame === null || event.source !== this.#frame.contentWindow) {
      return;
    }
    this.#silentFor = 0;
    const message = event.data as FromFrame;
    switch (message.type) {
      case 'up':
        this.#up = true;
        this.#settle();
        break;
      case 'started':
        this.#started(message.sandbox);
        break;
      case 'ended':
        this.#tenants.delete(message.sandbox);
        this.#ports.delete(message.sandbox);
        break;
      case 'failed':
        this.#failed(message.sandbox, message.message);
        break;
      default:
        break;
    }
  }

  #started(sandbox: number): void {
    const port = this.#ports.get(sandbox);
    this.#ports.delete(sandbox);
    if (port !== undefined && this.#tenants.get(sandbox)?.state === 'starting') {
      this.#tenants.set(sandbox, { state: 'running' });
      this.#client.tell({ type: 'sandbox-port', sandbox, port }, [port]);
    }
  }

  #failed(sandbox: number, message: string): void {
    if (this.#tenants.get(sandbox)?.state !== 'ending') {
      this.#client.tell({ type: 'sandbox-failed', sandbox, message });
    }
    this.#tenants.set(sandbox, { state: 'ending', since: performance.now() });
    this.#post({ type: 'end', sandbox });
  }

  /** Pings, and replaces an iframe that has been silent for too long. */
  #check(): void {
    const now = performance.now();
    const due = [...this.#tenants.values()].some(
      (tenant) => (tenant.state === 'starting' || tenant.state === 'ending') && now - tenant.since > this.#times.dueSilence,
    );
    // A page that is hidden, or busy itself, comes here late: that was no time in which it could have heard anything.
    this.#silentFor += Math.min(now - this.#checkedAt, 2 * this.#times.pingEvery);
    this.#checkedAt = now;
    if (this.#silentFor > this.#times.silence || (due && this.#silentFor > this.#times.dueSilence)) {
      this.#replaceFrame();
      return;
    }
    this.#pings += 1;
    if (this.#up) {
      this.#post({ type: 'ping', ping: this.#pings });
    }
  }

  #replaceFrame(): void {
    const wasUp = this.#up;
    this.#removeFrame();
    for (const [sandbox, tenant] of this.#tenants) {
      if (tenant.state === 'starting' || (tenant.state === 'wanted' && wasUp)) {
        this.#tenants.set(sandbox, { state: 'wanted', parts: tenant.parts });
      } else {
        // The one that was being ended is told as well: its process was gone before.
        const message =
          tenant.state === 'wanted' ? 'The sandbox page did not load' : 'The sandbox stopped answering; it probably ran out of memory';
        this.#client.tell({ type: 'sandbox-failed', sandbox, message });
        this.#tenants.delete(sandbox);
      }
    }
    if (this.#tenants.size > 0) {
      this.#settle();
    }
  }

  #post(message: ToFrame, transfer: Transferable[] = []): void {
    this.#frame?.contentWindow?.postMessage(message, '*', transfer);
  }
}
