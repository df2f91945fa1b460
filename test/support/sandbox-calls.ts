/** Sources, calls and replies of sandboxes, for tests that are not about the protocol itself. Runs in Node and in browsers. */
import { filePath, typename, virtualTime } from '../../src/base/ids.ts';
import { decodeUtf8, encodeUtf8 } from '../../src/base/text-encoding.ts';
import type { CallReply, CallRequest } from '../../src/protocol/call.ts';
import type { FunctionReply, InvocationResult } from '../../src/protocol/messages.ts';
import { decodeFromFunction, encodeToFunction } from '../../src/protocol/wire-codec.ts';
import { compileBundle } from '../../src/sandbox/compile/compile-bundle.ts';
import type { CompileOutput } from '../../src/sandbox/compile/compile-bundle.ts';
import type { Sandbox } from '../../src/sandbox/sandbox-api.ts';
import type { StubRule } from '../../src/model/stub-rule.ts';

export type Sources = Readonly<Record<string, string | readonly StubRule[]>>;

/** The moment at which calls of tests happen: 2024-05-06 07:08:09 UTC. */
export const AT = Date.UTC(2024, 4, 6, 7, 8, 9);

export function compile(sources: Sources): Promise<CompileOutput> {
  return compileBundle(
    Object.entries(sources).map(([path, content]) =>
      typeof content === 'string' ? { path: filePath(path), text: content } : { path: filePath(path), rules: content },
    ),
  );
}

export interface CallShape {
  readonly to: string;
  readonly id?: string;
  /** One text message each. */
  readonly messages?: readonly string[];
  readonly seed?: number;
  readonly at?: number;
  /** States that the request carries; null for an absent value. */
  readonly states?: readonly string[];
}

/** A request with string messages; `call` counts from 1. */
export function callOf(shape: CallShape, call = 1): CallRequest {
  const id = shape.id ?? 'a';
  const request = encodeToFunction({
    target: { typename: typename(shape.to), id },
    states: (shape.states ?? []).map((name) => ({ name, value: null })),
    messages: (shape.messages ?? ['hello']).map((text) => ({
      caller: null,
      argument: { typename: 'io.statefun.types/string', hasValue: true, bytes: stringValue(text) },
    })),
  });
  return { call, attempt: 1, typename: typename(shape.to), id, at: virtualTime(shape.at ?? AT), seed: shape.seed ?? 7, request };
}

/** StringWrapper: field 1, length-delimited. */
function stringValue(text: string): Uint8Array {
  const bytes = encodeUtf8(text);
  if (bytes.length > 127) {
    throw new Error('test texts are short');
  }
  return bytes.length === 0 ? bytes : Uint8Array.of(0x0a, bytes.length, ...bytes);
}

export async function callOnce(sandbox: Sandbox, shape: CallShape): Promise<CallReply> {
  const [reply] = await sandbox.invoke([callOf(shape)]);
  if (reply === undefined) {
    throw new Error('no reply');
  }
  return reply;
}

export function repliedWith(reply: CallReply): FunctionReply {
  if (reply.outcome.type !== 'replied') {
    throw new Error(`not replied: ${JSON.stringify(reply)}`);
  }
  const decoded = decodeFromFunction(reply.outcome.reply);
  if (!decoded.ok) {
    throw new Error(decoded.error);
  }
  return decoded.value;
}

/** What a function sent out as JSON: how functions of tests tell what they saw (see {@link teller}). */
export function told(reply: CallReply): unknown[] {
  const result = repliedWith(reply) as InvocationResult;
  return result.egresses.map(({ argument }) => JSON.parse(decodeUtf8(argument.bytes)) as unknown);
}

/** A function file `t/f` whose body may use `tell(value)`, `context` and `message`. Its first line is line 1 of the body. */
export function teller(body: string, before = ''): string {
  return `import { StateFun, egressMessageBuilder, messageBuilder } from 'apache-flink-statefun'; const JSON_TYPE = StateFun.jsonType('t/json'); ${before} export const f = { typename: 't/f', async fn(context: any, message: any) { const tell = (value: unknown) => context.send(egressMessageBuilder({ typename: 't/out', value, valueType: JSON_TYPE }));
${body}
} };`;
}
