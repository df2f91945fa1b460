/** The shape of studio.json's parts. Each part, and each item of a list, stands or falls alone. */
import * as z from 'zod/mini';
import { filePath, typename } from '../base/ids.ts';

// Compiling a schema to code needs eval, which the app's policy forbids; zod would try, and the browser would report it.
z.config({ jitless: true });

const Text = z.string();
const Finite = z.number();
const Name = z.pipe(z.string(), z.transform(typename));
const Whole = z.int();
const Millis = z.number().check(z.minimum(0));
const Positive = z.number().check(z.positive());
const Id = z.string().check(z.minLength(1));

function whole(minimum: number, maximum?: number) {
  return maximum === undefined ? z.int().check(z.minimum(minimum)) : z.int().check(z.minimum(minimum), z.maximum(maximum));
}

export const PositionSchema = z.object({ x: Finite, y: Finite });

export const NoteSchema = z.object({ id: Id, title: Text, text: Text, x: Finite, y: Finite, width: Positive });

export const DraftSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('function'), typename: Name }),
  z.object({ type: z.literal('router'), id: Id, topic: Text, valueType: Text, targets: z.array(Name) }),
]);

export const StandInSchema = z.object({
  typename: Name,
  forwardTo: z.nullable(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('function'), typename: Name }),
      z.object({ type: z.literal('egress'), id: Name, topic: Text }),
    ]),
  ),
});

export const SettingsSchema = z.object({
  seed: Text,
  parallelism: whole(1, 128),
  partitions: whole(1, 1024),
  checkpointIntervalMillis: z.nullable(z.number().check(z.minimum(1))),
  restartStrategy: z.discriminatedUnion('type', [
    z.object({ type: z.literal('none') }),
    z.object({ type: z.literal('fixed-delay'), delayMillis: Millis, attempts: z.nullable(whole(0)) }),
  ]),
  callLatency: z.object({ minMillis: Positive, meanMillis: Positive }),
  asyncMaxPerTask: Whole,
  pauseOnFailure: z.boolean(),
  invocationLimitMillis: whole(1),
  startAt: Whole,
});

const ArrivalSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('rate'), perSecond: Positive, jitter: z.enum(['none', 'poisson']) }),
  z.object({ type: z.literal('backlog') }),
]);

export const FeedSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('generator'),
    id: Id,
    topic: Text,
    enabled: z.boolean(),
    arrival: ArrivalSchema,
    startAfterMillis: Millis,
    count: z.nullable(whole(0)),
    key: Text,
    value: Text,
    headers: z.array(z.object({ name: Text, value: Text })),
  }),
  z.object({
    type: z.literal('file'),
    id: Id,
    topic: Text,
    enabled: z.boolean(),
    path: z.pipe(z.string(), z.transform(filePath)),
    format: z.enum(['jsonl', 'csv']),
    arrival: ArrivalSchema,
    startAfterMillis: Millis,
    keyField: z.nullable(Text),
    valueField: z.nullable(Text),
  }),
]);
