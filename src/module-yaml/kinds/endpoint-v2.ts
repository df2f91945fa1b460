/** io.statefun.endpoints.v2/http: where functions are called, with a choice of transport. */
import { readPattern, readUrl } from '../fields/endpoint-fields.ts';
import { urlPathTemplateOf } from '../fields/misread-url.ts';
import { readInteger } from '../fields/object-fields.ts';
import { ASYNC, OKHTTP, readTransport, warnOfUnlimitedBatch } from '../fields/transport-fields.ts';
import type { FieldDescription, KindModule } from './kind-description.ts';

export const FUNCTIONS_FIELD: FieldDescription = {
  path: ['functions'],
  label: 'Functions',
  hint: 'namespace/* or namespace/name',
  help: 'Which functions this endpoint serves. An exact name wins over a whole namespace, in whatever order they stand.',
  control: 'typename',
  required: true,
};

export const URL_FIELD: FieldDescription = {
  path: ['urlPathTemplate'],
  label: 'URL',
  hint: '{function.name} is replaced',
  help: 'Where the functions are called. A wrong URL is noticed only at the first message. Without a port it is 443 for https, else 80.',
  control: 'url',
  required: true,
};

export const BATCH_FIELD: FieldDescription = {
  path: ['maxNumBatchRequests'],
  label: 'Largest batch',
  hint: 'messages per request',
  help: 'How many waiting messages of one address go into one request. 0 or less means no limit.',
  control: 'number',
  defaultText: '1000',
  required: false,
};

/** The timeouts of the okhttp client, the same wherever a kind has them. */
export function okhttpTimeoutFields(path: readonly string[]): readonly FieldDescription[] {
  const timeouts = [
    {
      name: 'call',
      label: 'Call timeout',
      hint: 'whole call, retries included',
      help: 'How long a call may take with all its retries before the job fails and restarts. The others may not be longer.',
      defaultText: '1 min',
    },
    {
      name: 'connect',
      label: 'Connect timeout',
      hint: 'one attempt',
      help: 'How long making a connection may take; not longer than the call.',
      defaultText: '10 s',
    },
    {
      name: 'read',
      label: 'Read timeout',
      hint: 'between bytes',
      help: 'How long the server may be silent; not longer than the call.',
      defaultText: '10 s',
    },
    {
      name: 'write',
      label: 'Write timeout',
      hint: 'between bytes',
      help: 'How long sending may stall; not longer than the call.',
      defaultText: '10 s',
    },
  ];
  return timeouts.map(({ name, ...words }) => ({ path: [...path, name], ...words, control: 'duration', required: false }));
}

const asyncOnly = { path: ['transport', 'type'], oneOf: ['', ASYNC] };
const okhttpOnly = { path: ['transport', 'type'], oneOf: [OKHTTP] };

export const ENDPOINT_V2: KindModule = {
  kind: 'io.statefun.endpoints.v2/http',
  legacyName: null,
  fixedId: null,
  role: 'endpoint',
  label: 'HTTP endpoint',
  summary: 'Serves functions over HTTP.',
  fields: [
    FUNCTIONS_FIELD,
    URL_FIELD,
    BATCH_FIELD,
    {
      path: ['transport', 'type'],
      label: 'Transport',
      hint: 'HTTP client',
      help: 'async is the default and serves many calls on few threads. okhttp can also use unix sockets and takes host names with an underscore.',
      control: 'select',
      options: [
        { value: ASYNC, label: 'async' },
        { value: OKHTTP, label: 'okhttp' },
      ],
      defaultText: ASYNC,
      required: false,
    },
    {
      path: ['transport', 'call'],
      label: 'Call timeout',
      hint: 'whole call, retries included',
      help: 'How long a call may take with all its retries before the job fails and restarts.',
      control: 'duration',
      defaultText: '2 min',
      required: false,
      when: asyncOnly,
    },
    {
      path: ['transport', 'connect'],
      label: 'Connect timeout',
      hint: 'one attempt',
      help: 'How long making a connection may take.',
      control: 'duration',
      defaultText: '20 s',
      required: false,
      when: asyncOnly,
    },
    {
      path: ['transport', 'pool_size'],
      label: 'Pool size',
      hint: 'connections',
      help: 'How many connections are kept to one host. Must be more than 0.',
      control: 'number',
      defaultText: '1024',
      required: false,
      when: asyncOnly,
    },
    {
      path: ['transport', 'pool_ttl'],
      label: 'Connection lifetime',
      hint: 'in the pool',
      help: 'After this time a connection of the pool is closed.',
      control: 'duration',
      defaultText: '15 s',
      required: false,
      when: asyncOnly,
    },
    {
      path: ['transport', 'payload_max_bytes'],
      label: 'Largest response',
      hint: 'bytes',
      help: 'A response that is longer fails the call. The default is 32 MiB.',
      control: 'number',
      defaultText: '33554432',
      required: false,
      when: asyncOnly,
    },
    {
      path: ['transport', 'trust_cacerts'],
      label: 'Trusted certificates',
      hint: 'path, URL or classpath:',
      help: 'The certificates to trust for https. Read at the first call.',
      control: 'text',
      required: false,
      when: asyncOnly,
    },
    {
      path: ['transport', 'client_cert'],
      label: 'Client certificate',
      hint: 'with its key',
      help: 'For mutual TLS; needs the client key as well.',
      control: 'text',
      required: false,
      when: asyncOnly,
    },
    {
      path: ['transport', 'client_key'],
      label: 'Client key',
      hint: 'with its certificate',
      help: 'For mutual TLS; needs the client certificate as well.',
      control: 'text',
      required: false,
      when: asyncOnly,
    },
    {
      path: ['transport', 'client_key_password'],
      label: 'Key password',
      hint: 'a file that holds it',
      help: 'A path, URL or classpath: to the password of the client key, not the password itself.',
      control: 'text',
      required: false,
      when: asyncOnly,
    },
    ...okhttpTimeoutFields(['transport', 'timeouts']).map((field) => ({ ...field, when: okhttpOnly })),
  ],
  newSpec: (name) => ({ functions: name, urlPathTemplate: 'http://localhost:8000/statefun', transport: { type: ASYNC } }),
  // The fields of the transport depend on its type: transport-fields.ts looks at them.
  shape: { fields: { functions: true, urlPathTemplate: true, maxNumBatchRequests: true, transport: true } },
  decode(written) {
    const context = { ...written, spec: { ...written.spec, value: urlPathTemplateOf(written.spec.value).spec } };
    const pattern = readPattern(context, false);
    const maxNumBatchRequests = readInteger(context, context.spec, 'maxNumBatchRequests', ['maxNumBatchRequests'], {
      moment: 'load',
      fallback: 1000,
      ofNull: 0,
    });
    warnOfUnlimitedBatch(context, maxNumBatchRequests);
    const transport = readTransport(context);
    const urlPathTemplate = readUrl(written, transport.transport, false, pattern);
    return pattern === null
      ? null
      : { type: 'endpoint', kind: context.kind, pattern, urlPathTemplate: urlPathTemplate ?? '', maxNumBatchRequests, ...transport };
  },
};
