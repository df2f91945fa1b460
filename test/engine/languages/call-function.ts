/** One request to a function server, as StateFun makes it (S5). */
import { decodeFromFunction, encodeToFunction } from '../../../src/protocol/wire-codec.ts';
import type { FunctionReply, InvocationRequest } from '../../../src/protocol/messages.ts';

export interface FunctionAnswer {
  readonly status: number;
  readonly contentType: string | null;
  /** Null where the answer is no FromFunction, as behind any status but 200. */
  readonly reply: FunctionReply | null;
}

export async function callFunction(port: number, request: InvocationRequest): Promise<FunctionAnswer> {
  return postBytes(port, encodeToFunction(request));
}

export async function postBytes(port: number, bytes: Uint8Array): Promise<FunctionAnswer> {
  const response = await fetch(`http://127.0.0.1:${port}/statefun`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', accept: 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
  const body = new Uint8Array(await response.arrayBuffer());
  const reply = response.status === 200 ? decodeFromFunction(body) : null;
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    reply: reply !== null && reply.ok ? reply.value : null,
  };
}
