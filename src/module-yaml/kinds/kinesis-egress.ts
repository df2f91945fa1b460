/** io.statefun.kinesis.v1/egress: writes records that functions send to streams. */
import { AWS_SHAPES, readAws } from '../fields/aws-fields.ts';
import { readInteger } from '../fields/object-fields.ts';
import { readProperties } from '../fields/property-fields.ts';
import { fail, keyRange, readId } from '../fields/spec-context.ts';
import { pairOf } from '../source/source-node.ts';
import { ID_FIELD } from './kafka-ingress.ts';
import { AWS_FIELDS, CLIENT_CONFIG_FIELD } from './kinesis-ingress.ts';
import type { KindModule } from './kind-description.ts';

export const KINESIS_EGRESS: KindModule = {
  kind: 'io.statefun.kinesis.v1/egress',
  legacyName: 'io.statefun.kinesis/egress',
  fixedId: null,
  role: 'egress',
  label: 'Kinesis egress',
  summary: 'Writes what functions send to Kinesis streams.',
  fields: [
    ID_FIELD,
    ...AWS_FIELDS,
    {
      path: ['maxOutstandingRecords'],
      label: 'Outstanding records',
      hint: 'before back-pressure',
      help: 'How many records may wait for their confirmation. Must be more than 0.',
      control: 'number',
      defaultText: '1000',
      required: false,
    },
    CLIENT_CONFIG_FIELD,
  ],
  newSpec: (name) => ({ id: name, awsRegion: { type: 'specific', id: 'us-east-1' }, awsCredentials: { type: 'default' } }),
  shape: { fields: { id: true, ...AWS_SHAPES, properties: true, maxOutstandingRecords: true } },
  decode(context) {
    const id = readId(context);
    readAws(context, 'egress');
    readProperties(context, 'clientConfigProperties');
    const path = ['maxOutstandingRecords'];
    const limit = readInteger(context, context.spec, 'maxOutstandingRecords', path, { moment: 'load', fallback: 1000, ofNull: 0 });
    const pair = pairOf(context.spec.value, 'maxOutstandingRecords');
    if (limit <= 0 && pair !== null) {
      fail(context, 'bad-number', 'maxOutstandingRecords must be more than 0. Left out, it is 1000.', {
        at: pair.value.from === pair.value.to ? keyRange(pair) : pair.value,
        field: path,
        moment: 'load',
      });
    }
    return id === null
      ? null
      : { type: 'egress', kind: context.kind, connector: 'kinesis', id, delivery: 'at-least-once', transactionTimeout: null };
  },
};
