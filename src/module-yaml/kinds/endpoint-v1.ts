/** io.statefun.endpoints.v1/http: the older endpoint, always with okhttp; `timeouts` stands in the spec itself. */
import { readOkhttpTimeouts, readPattern, readUrl } from '../fields/endpoint-fields.ts';
import { readInteger, warnIgnored } from '../fields/object-fields.ts';
import { timeoutsBlock, warnOfUnlimitedBatch } from '../fields/transport-fields.ts';
import { BATCH_FIELD, FUNCTIONS_FIELD, URL_FIELD, okhttpTimeoutFields } from './endpoint-v2.ts';
import type { KindModule } from './kind-description.ts';

export const ENDPOINT_V1: KindModule = {
  kind: 'io.statefun.endpoints.v1/http',
  legacyName: 'http',
  fixedId: null,
  role: 'endpoint',
  label: 'HTTP endpoint (v1)',
  summary: 'Serves functions over HTTP with the okhttp client.',
  fields: [FUNCTIONS_FIELD, URL_FIELD, BATCH_FIELD, ...okhttpTimeoutFields(['timeouts'])],
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
