/** `send:`, records into a topic. */
import { parseTemplate } from '../../runtime/feeds/template.ts';
import { compileJson } from '../json-template.ts';
import type { Payload, RepeatedRecord, SentRecord } from '../scenario.ts';
import { checkTopic } from '../../model/typename-rules.ts';
import { anyJson, list, mapped, oneOrMany } from './composites.ts';
import { object, optional, required } from './object.ts';
import type { Made } from './object.ts';
import { base64Text, flag, positive, text, whole, word } from './scalars.ts';
import { BAD } from './shape.ts';
import type { Bad, Shape } from './shape.ts';

/** The keys that give a record's value. */
export const payloadFields = {
  json: optional(
    mapped(anyJson(), (value): Payload => ({ type: 'json', value })),
    'The value as JSON, written as YAML.',
  ),
  text: optional(
    mapped(text(), (written): Payload => ({ type: 'text', text: written })),
    'The value as text, in UTF-8.',
  ),
  base64: optional(
    mapped(base64Text(), (written): Payload => ({ type: 'base64', base64: written })),
    'The value as bytes in base64.',
  ),
  tombstone: optional(
    mapped(flag(), (): Payload => ({ type: 'tombstone' })),
    'true: a record without a value, which in a topic means that the key is deleted.',
  ),
};

const header = object({
  what: 'a header',
  fields: { name: required(text({ empty: false }), 'Its name.'), value: required(text(), 'Its value.') },
  make: ({ name, value }) => ({ name, value }),
});

const rate = object({
  what: 'a rate',
  fields: {
    perSecond: required(positive(1_000_000), 'Records a second of virtual time, on average.'),
    jitter: optional(word('none', 'poisson'), 'none: evenly spaced; poisson: as independent events arrive. none when absent.'),
  },
  make: ({ perSecond, jitter = 'none' }) => ({ perSecond, jitter }),
});

const sentRecord = object({
  what: 'a record',
  fields: {
    topic: required(text({ empty: false }), 'The topic (or stream) that an ingress of module.yaml reads.'),
    key: optional(
      text(),
      "The record's key, which becomes the id of the function's address. A record without key fails the job, as on StateFun.",
    ),
    ...payloadFields,
    headers: optional(list(header, 0, 'a list of headers'), 'Headers of the record, in order.'),
    partition: optional(whole(0, 1023), 'The partition; as the key decides when absent.'),
    repeat: optional(
      whole(1, 100_000_000),
      'So many records instead of one. Key, value and headers may then hold placeholders such as {{n}}.',
    ),
    rate: optional(rate, 'How fast they come; all at once when absent.'),
  },
  rules: [
    { type: 'exactly-one', keys: Object.keys(payloadFields) },
    { type: 'needs', key: 'rate', other: 'repeat' },
  ],
  make(values, made): SentRecord | Bad {
    const { topic, key = null, headers = [], partition = null } = values;
    const payload = values.json ?? values.text ?? values.base64 ?? values.tombstone ?? { type: 'tombstone' };
    const fault = checkTopic(topic);
    const repeat: RepeatedRecord | null =
      values.repeat === undefined ? null : { stream: topic, count: values.repeat, rate: values.rate ?? null };
    const record: SentRecord = { place: made.place, topic, key, payload, headers, partition, repeat };
    const good = fault === null || made.report('scenario-bad-value', fault, 'topic') !== BAD;
    return checkTemplates(record, made) && good ? record : BAD;
  },
});

/** Placeholders are read only in repeated records; every other record is sent exactly as it stands. */
function checkTemplates({ key, payload, headers, repeat }: SentRecord, made: Made): boolean {
  if (repeat === null) {
    return true;
  }
  let good = true;
  const check = (written: string, place: string, usesKey = true): void => {
    const template = parseTemplate(written, usesKey);
    for (const { message } of template.ok ? [] : template.error) {
      good = false;
      made.report('scenario-bad-template', message, place);
    }
  };
  if (key !== null) {
    check(key, 'key', false);
  }
  if (payload.type === 'text') {
    check(payload.text, 'text');
  }
  if (payload.type === 'json') {
    const compiled = compileJson(payload.value);
    for (const message of compiled.ok ? [] : compiled.error) {
      good = false;
      made.report('scenario-bad-template', message, 'json');
    }
  }
  for (const { value } of headers) {
    check(value, 'headers');
  }
  return good;
}

export const send: Shape<readonly SentRecord[]> = oneOrMany(sentRecord, 'a record, or a list of records');
