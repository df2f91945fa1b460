/** The shape of studio.json's parts. Each part, and each item of a list, stands or falls alone. */
import { z } from 'zod';
import { filePath, typename } from '../base/ids.ts';

const Text = z.string();
const Finite = z.number();
const Name = z.string().transform(typename);
const Whole = z.number().int();
const Millis = z.number().min(0);
const Id = z.string().min(1);

export const PositionSchema = z.object({ x: Finite, y: Finite });

export const NoteSchema = z.object({ id: Id, title: Text, text: Text, x: Finite, y: Finite, width: z.number().positive() });

export const DraftSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('function'), typename: Name }),
  z.object({ type: z.literal('router'), id: Id, topic: Text, valueType: Text, targets: z.array(Name) }),
]);

export const StandInSchema = z.object({
  typename: Name,
  forwardTo: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('function'), typename: Name }),
      z.object({ type: z.literal('egress'), id: Name, topic: Text }),
    ])
    .nullable(),
});

export const SettingsSchema = z.object({
  seed: Text,
  parallelism: Whole.min(1).max(128),
  partitions: Whole.min(1).max(1024),
  checkpointIntervalMillis: Millis.min(1).nullable(),
  restartStrategy: z.discriminatedUnion('type', [
    z.object({ type: z.literal('none') }),
    z.object({ type: z.literal('fixed-delay'), delayMillis: Millis, attempts: Whole.min(0).nullable() }),
  ]),
  callLatency: z.object({ minMillis: z.number().positive(), meanMillis: z.number().positive() }),
  asyncMaxPerTask: Whole,
  pauseOnFailure: z.boolean(),
  invocationLimitMillis: Whole.min(1),
  startAt: Whole,
});

const ArrivalSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('rate'), perSecond: z.number().positive(), jitter: z.enum(['none', 'poisson']) }),
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
    count: Whole.min(0).nullable(),
    key: Text,
    value: Text,
    headers: z.array(z.object({ name: Text, value: Text })),
  }),
  z.object({
    type: z.literal('file'),
    id: Id,
    topic: Text,
    enabled: z.boolean(),
    path: z.string().transform(filePath),
    format: z.enum(['jsonl', 'csv']),
    arrival: ArrivalSchema,
    startAfterMillis: Millis,
    keyField: Text.nullable(),
    valueField: Text.nullable(),
  }),
]);
