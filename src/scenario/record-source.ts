/** The records of a `send` step, one at a time, so that a million of them never lie in memory together. */
import { hash32 } from '../base/random.ts';
import { encodeUtf8 } from '../base/text-encoding.ts';
import { fromBase64 } from '../base/base64.ts';
import { arrivalTime } from '../runtime/feeds/arrival-times.ts';
import { fillTemplate, parseTemplate } from '../runtime/feeds/template.ts';
import type { Template } from '../runtime/feeds/template.ts';
import type { FillContext } from '../runtime/feeds/placeholder-kinds.ts';
import type { UserRecord } from '../runtime/engine-api.ts';
import { compileJson, fillJson } from './json-template.ts';
import type { Payload, SentRecord } from './scenario.ts';

export interface TimedRecord {
  /** Virtual ms since the start. */
  readonly at: number;
  readonly record: UserRecord;
}

export interface RecordSource {
  /** When the next record comes; null at the end. */
  nextAt(): number | null;
  take(): TimedRecord;
}

export interface SourceOptions {
  /** Virtual ms since the start at which the step is played. */
  readonly from: number;
  /** Of the run. */
  readonly seed: string;
  /** Virtual start of the run, ms since 1970. */
  readonly startAt: number;
}

export function recordSource(sent: SentRecord, options: SourceOptions): RecordSource {
  const { repeat } = sent;
  const { from, seed, startAt } = options;
  const plan = repeat === null ? null : repeatedRecord(sent);
  const plain = repeat === null ? plainRecord(sent) : null;
  const feedSeed = hash32(repeat?.stream ?? '', hash32(seed));
  const count = repeat?.count ?? 1;
  const rate = repeat?.rate ?? null;
  let taken = 0;
  let last = from;
  let next: number | null = null;
  const look = (): number => {
    if (next === null) {
      next = rate === null ? from : arrivalTime({ type: 'rate', ...rate }, from, taken + 1, last, feedSeed);
    }
    return next;
  };
  return {
    nextAt: () => (taken >= count ? null : Math.floor(look())),
    take() {
      last = look();
      next = null;
      taken += 1;
      const at = Math.floor(last);
      const record = plan?.({ feedSeed, ordinal: taken, key: null, now: startAt + at }) ?? plain;
      if (record === null) {
        throw new Error('a record source without a record');
      }
      return { at, record };
    },
  };
}

function plainRecord({ topic, partition, key, payload, headers }: SentRecord): UserRecord {
  return { topic, partition, key, headers, value: payloadBytes(payload) };
}

export function payloadBytes(payload: Payload): Uint8Array | null {
  switch (payload.type) {
    case 'json':
      return encodeUtf8(JSON.stringify(payload.value));
    case 'text':
      return encodeUtf8(payload.text);
    case 'base64':
      return fromBase64(payload.base64);
    case 'tombstone':
      return null;
  }
}

function repeatedRecord({ topic, partition, key, payload, headers }: SentRecord): (context: FillContext) => UserRecord {
  const keyTemplate = key === null ? null : template(key, false);
  const value = valueMaker(payload);
  const names = headers.map((header) => ({ name: header.name, value: template(header.value) }));
  return (context) => {
    const full = { ...context, key: keyTemplate === null ? null : fillTemplate(keyTemplate, context, 'key') };
    return {
      topic,
      partition,
      key: full.key,
      value: value(full),
      headers: names.map((header, index) => ({ name: header.name, value: fillTemplate(header.value, full, `header ${index}`) })),
    };
  };
}

function valueMaker(payload: Payload): (context: FillContext) => Uint8Array | null {
  if (payload.type === 'text') {
    const parsed = template(payload.text);
    return (context) => encodeUtf8(fillTemplate(parsed, context, 'value'));
  }
  if (payload.type === 'json') {
    const compiled = compileJson(payload.value);
    if (!compiled.ok) {
      throw new Error(`a template that was never checked: ${compiled.error.join(' ')}`);
    }
    return (context) => encodeUtf8(fillJson(compiled.value, context));
  }
  const bytes = payloadBytes(payload);
  return () => bytes;
}

function template(text: string, usesKey = true): Template {
  const parsed = parseTemplate(text, usesKey);
  if (!parsed.ok) {
    throw new Error(`a template that was never checked: ${text}`);
  }
  return parsed.value;
}
