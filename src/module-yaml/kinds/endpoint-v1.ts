/** io.statefun.endpoints.v1/http: the older endpoint, always with okhttp; `timeouts` stands in the spec itself. */
import { readOkhttpTimeouts, readPattern, readUrl } from '../fields/endpoint-fields.ts';
import { readInteger, warnIgnored } from '../fields/object-fields.ts';
import { timeoutsBlock, warnOfUnlimitedBatch } from '../fields/transport-fields.ts';
import { BATCH_FIELD, FUNCTIONS_FIELD, URL_FIELD } from './endpoint-v2.ts';
import type { KindModule } from './kind-description.ts';

export const ENDPOINT_V1: KindModule = {
  kind: 'io.statefun.endpoints.v1/http',
  legacyName: 'http',
  fixedId: null,
  role: 'endpoint',
  label: 'HTTP endpoint (v1)',
  summary: 'Serves functions over HTTP with the okhttp client.',
  fields: [
    FUNCTIONS_FIELD,
    URL_FIELD,
    BATCH_FIELD,
    {
      path: ['timeouts', 'call'],
      label: 'Call timeout',
      hint: 'whole call, retries included',
      help: 'How long a call may take with all its retries before the job fails and restarts. The others may not be longer.',
      control: 'duration',
      defaultText: '1 min',
      required: false,
    },
    {
      path: ['timeouts', 'connect'],
      label: 'Connect timeout',
      hint: 'one attempt',
      help: 'How long making a connection may take; not longer than the call.',
      control: 'duration',
      defaultText: '10 s',
      required: false,
    },
    {
      path: ['timeouts', 'read'],
      label: 'Read timeout',
      hint: 'between bytes',
      help: 'How long the server may be silent; not longer than the call.',
      control: 'duration',
      defaultText: '10 s',
      required: false,
    },
    {
      path: ['timeouts', 'write'],
      label: 'Write timeout',
      hint: 'between bytes',
      help: 'How long sending may stall; not longer than the call.',
      control: 'duration',
      defaultText: '10 s',
      required: false,
    },
  ],
  newSpec: (name) => ({ functions: name, urlPathTemplate: 'http://localhost:8000/statefun' }),
  shape: {
    fields: {
      functions: true,
      urlPathTemplate: true,
      maxNumBatchRequests: true,
      timeouts: { fields: { call: true, connect: true, read: true, write: true } },
      transport: true,
    },
  },
  decode(context) {
    const pattern = readPattern(context, true);
    const urlPathTemplate = readUrl(context, 'okhttp', true, pattern);
    const maxNumBatchRequests = readInteger(context, context.spec, 'maxNumBatchRequests', ['maxNumBatchRequests'], {
      moment: 'load',
      fallback: 1000,
      strict: true,
    });
    warnOfUnlimitedBatch(context, maxNumBatchRequests);
    warnIgnored(context, context.spec, ['transport'], [], 'this kind always uses okhttp; io.statefun.endpoints.v2/http has a choice.');
    const timeouts = readOkhttpTimeouts(context, timeoutsBlock(context, context.spec, []), ['timeouts']);
    return pattern === null
      ? null
      : {
          type: 'endpoint',
          kind: context.kind,
          pattern,
          urlPathTemplate: urlPathTemplate ?? '',
          maxNumBatchRequests,
          transport: 'okhttp',
          timeouts,
        };
  },
};
