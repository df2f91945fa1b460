/** Starts observing sandboxes in Node, and closes them when a test ends. */
import { afterEach } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { buildSandboxText } from '../../src/sandbox/build/build-sandbox-text.ts';
import { createNodeHost } from '../../src/sandbox/host/node-host.ts';
import type { Observation } from '../../src/sandbox/observe/observation.ts';
import type { ObservedReply, ObservingSandbox } from '../../src/sandbox/observe/observing-sandbox.ts';
import { startObserving } from '../../src/sandbox/observe/observing-sandbox.ts';
import { callOf, compile } from './sandbox-calls.ts';
import type { CallShape, Sources } from './sandbox-calls.ts';

const open: ObservingSandbox[] = [];

afterEach(() => {
  for (const sandbox of open.splice(0)) {
    sandbox.close();
  }
});

export interface ObserveShape {
  readonly sources: Sources;
  /** Line and expression, in the first file. */
  readonly logpoints?: readonly (readonly [line: number, expression: string])[];
  readonly limitMillis?: number;
}

export async function observing({ sources, logpoints = [], limitMillis = 5000 }: ObserveShape): Promise<ObservingSandbox> {
  const { bundle, problems } = await compile(sources);
  if (problems.length > 0) {
    throw new Error(JSON.stringify(problems));
  }
  const texts = Object.entries(sources).flatMap(([path, text]) => (typeof text === 'string' ? [[path, text] as const] : []));
  const path = filePath(texts[0]?.[0] ?? '');
  const sandbox = await startObserving(
    createNodeHost(await buildSandboxText()),
    { bundle, sources: texts },
    logpoints.map(([line, expression]) => ({ path, line, expression })),
    { invocationLimitMillis: limitMillis },
  );
  open.push(sandbox);
  return sandbox;
}

export async function observeOnce(shape: ObserveShape, call: CallShape): Promise<ObservedReply> {
  return (await observing(shape)).observe(callOf(call));
}

/** Marks as `line:column type text`. */
export function markLines({ marks }: Observation): readonly string[] {
  return marks.map(({ place, type, text }) => `${place.line}:${place.column} ${type} ${text}`);
}

/** A file with one function `lab/f`; the handler's body begins in line 5. */
export function handler(...body: readonly string[]): Sources {
  return {
    'functions/f.ts': [
      `import { StateFun, messageBuilder, egressMessageBuilder, type Context, type Message } from 'apache-flink-statefun';`,
      `export const f = { typename: 'lab/f',`,
      `  specs: [{ name: 'n', type: StateFun.intType() }, { name: 'who', type: StateFun.jsonType('lab/who') }],`,
      `  async fn(context: Context, message: Message) {`,
      ...body,
      `  },`,
      `};`,
    ].join('\n'),
  };
}
