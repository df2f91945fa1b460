import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Relay {
  /** Whether the request is one for the relay. */
  takes(request: IncomingMessage): boolean;
  handle(request: IncomingMessage, response: ServerResponse): void;
}

export function createRelay(): Relay;
