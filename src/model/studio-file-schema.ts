/** The shape of studio.json's parts. Each part, and each item of a list, stands or falls alone. */
import * as v from 'valibot';
import { filePath, typename } from '../base/ids.ts';
import { remoteUrlProblem } from './remote-target.ts';
import { REMOTE_TIMEOUT_MILLIS } from './studio-file.ts';

const Text = v.string();
const Finite = v.pipe(v.number(), v.finite());
const Name = v.pipe(v.string(), v.transform(typename));
const Whole = v.pipe(v.number(), v.safeInteger());
const Millis = v.pipe(v.number(), v.finite(), v.minValue(0));
const Positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const Id = v.pipe(v.string(), v.nonEmpty());

function whole(minimum: number, maximum = Number.MAX_SAFE_INTEGER) {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(minimum), v.maxValue(maximum));
}

export const PositionSchema = v.object({ x: Finite, y: Finite });

export const NoteSchema = v.object({ id: Id, title: Text, text: Text, x: Finite, y: Finite, width: Positive });

export const DraftSchema = v.variant('type', [
  v.object({ type: v.literal('function'), typename: Name }),
  v.object({ type: v.literal('router'), id: Id, topic: Text, valueType: Text, targets: v.array(Name) }),
]);

export const StandInSchema = v.object({
  typename: Name,
  forwardTo: v.nullable(
    v.variant('type', [
      v.object({ type: v.literal('function'), typename: Name }),
      v.object({ type: v.literal('egress'), id: Name, topic: Text }),
    ]),
  ),
});

export const RemoteSchema = v.object({
  functions: v.pipe(v.string(), v.regex(/^[^/]+\/[^/]+$/, 'functions must be NAMESPACE/NAME or NAMESPACE/*')),
  url: v.optional(
    v.nullable(
      v.pipe(
        v.string(),
        v.check(
          (url) => remoteUrlProblem(url) === null,
          (issue) => remoteUrlProblem(String(issue.input)) ?? '',
        ),
      ),
    ),
    null,
  ),
  timeoutMillis: v.optional(whole(1, 86_400_000), REMOTE_TIMEOUT_MILLIS),
});

export const SettingsSchema = v.object({
  seed: Text,
  parallelism: whole(1, 128),
  partitions: whole(1, 1024),
  checkpointIntervalMillis: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(1))),
  restartStrategy: v.variant('type', [
    v.object({ type: v.literal('none') }),
    v.object({
      type: v.literal('fixed-delay'),
      delayMillis: Millis,
      attempts: v.nullable(whole(0)),
      named: v.exactOptional(v.boolean()),
    }),
    v.object({ type: v.literal('failure-rate'), maxFailures: whole(1), intervalMillis: Positive, delayMillis: Millis }),
    v.object({
      type: v.literal('exponential-delay'),
      initialMillis: whole(1),
      maxMillis: whole(1),
      multiplier: v.pipe(v.number(), v.finite(), v.gtValue(1)),
      resetAfterMillis: whole(1),
      jitter: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    }),
  ]),
  callLatency: v.object({ minMillis: Positive, meanMillis: Positive }),
  asyncMaxPerTask: Whole,
  pauseOnFailure: v.boolean(),
  invocationLimitMillis: whole(1),
  startAt: Whole,
});

const ArrivalSchema = v.variant('type', [
  v.object({ type: v.literal('rate'), perSecond: Positive, jitter: v.picklist(['none', 'poisson']) }),
  v.object({ type: v.literal('backlog') }),
]);

export const FeedSchema = v.variant('type', [
  v.object({
    type: v.literal('generator'),
    id: Id,
    topic: Text,
    enabled: v.boolean(),
    arrival: ArrivalSchema,
    startAfterMillis: Millis,
    count: v.nullable(whole(0)),
    key: Text,
    value: Text,
    headers: v.array(v.object({ name: Text, value: Text })),
  }),
  v.object({
    type: v.literal('file'),
    id: Id,
    topic: Text,
    enabled: v.boolean(),
    path: v.pipe(v.string(), v.transform(filePath)),
    format: v.picklist(['jsonl', 'csv']),
    arrival: ArrivalSchema,
    startAfterMillis: Millis,
    keyField: v.nullable(Text),
    valueField: v.nullable(Text),
  }),
]);
