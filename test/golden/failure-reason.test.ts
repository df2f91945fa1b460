/** What a simulated failure has to say: the engine's own reason, not what is wrapped around it. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { reason } from '../engine/cases/agreement.ts';
import type { Recording } from '../engine/recording.ts';

const folder = new URL('engine/', import.meta.url);
const SUPPRESSED = 'org.apache.flink.runtime.JobException: Recovery is suppressed by NoRestartBackoffTimeStrategy';
const WRAPPER =
  'org.apache.flink.statefun.flink.core.functions.StatefulFunctionInvocationException: An error occurred when attempting to invoke function FunctionType(t, f).';

it.each([
  ['the deepest cause’s text', ['java.lang.IllegalStateException: Unknown target'], 'Unknown target'],
  ['its class where it has no text', ['java.lang.NullPointerException'], 'NullPointerException'],
  [
    'StateFun’s where a library tells more',
    [
      'java.lang.IllegalStateException: Unable to parse a Protobuf message',
      'com.google.protobuf.InvalidProtocolBufferException: the input ended',
    ],
    'Unable to parse a Protobuf message',
  ],
  ['all lines of it', ['java.lang.IllegalStateException: one\n at line two'], 'one\n at line two'],
])('the reason of a failure is %s', (_what, causes, expected) => {
  expect(reason([SUPPRESSED, WRAPPER, ...causes].join('\n'))).toBe(expected);
});

it('no recorded failure has a wrapper for its reason', () => {
  const reasons = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(new URL(`${name}/`, folder)).map((file) => new URL(`${name}/${file}`, folder)))
    // The recorder of this project wrote the files.
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as Recording)
    .flatMap(({ job }) => job.flatMap((entry) => (entry.event === 'failed' ? [reason(entry.causes.join('\n'))] : [])));
  expect(reasons.length).toBeGreaterThan(30);
  expect(reasons.filter((text) => /^(Recovery is suppressed|An error occurred|Failure forwarding|Error |Caught |$)/.test(text))).toEqual(
    [],
  );
});
