/** An endpoint as it is bound, and the options that its transport reads at the first call. */
import { ASYNC, OKHTTP } from '../fields/transport-fields.ts';
import { valueOf, type SourceNode } from '../source/source-node.ts';
import { normalTypename } from '../typename-text.ts';
import { urlPathTemplateOf } from '../fields/misread-url.ts';
import type { LoadedAsync, LoadedEndpoint, LoadedOkhttp } from './loaded-component.ts';
import { durationAt, integerAt, textAt } from './spec-values.ts';

export function loadEndpointV2(spec: SourceNode, isCallable: boolean): LoadedEndpoint {
  const { spec: read, template } = urlPathTemplateOf(spec);
  const transport = valueOf(read, 'transport');
  const type = normalTypename(textAt(transport, 'type') ?? ASYNC) ?? ASYNC;
  const options = type === OKHTTP ? okhttpOptions(valueOf(transport, 'timeouts')) : asyncOptions(transport);
  return {
    type: 'endpoint',
    functions: normalTypename(textAt(read, 'functions') ?? '') ?? '',
    urlPathTemplate: template,
    maxNumBatchRequests: integerAt(read, 'maxNumBatchRequests', 1000, 0),
    transport: type,
    options: isCallable ? options : null,
  };
}

export function loadEndpointV1(spec: SourceNode, isCallable: boolean): LoadedEndpoint {
  return {
    type: 'endpoint',
    functions: normalTypename(textAt(spec, 'functions') ?? '') ?? '',
    urlPathTemplate: textAt(spec, 'urlPathTemplate') ?? '',
    maxNumBatchRequests: integerAt(spec, 'maxNumBatchRequests', 1000, 0),
    transport: OKHTTP,
    options: isCallable ? okhttpOptions(valueOf(spec, 'timeouts')) : null,
  };
}

function okhttpOptions(timeouts: SourceNode | null): LoadedOkhttp {
  return {
    call: durationAt(timeouts, 'call') ?? 60_000,
    connect: durationAt(timeouts, 'connect') ?? 10_000,
    read: durationAt(timeouts, 'read') ?? 10_000,
    write: durationAt(timeouts, 'write') ?? 10_000,
  };
}

/** The `timeouts` block wins over the pair above it, with defaults of its own. */
function asyncOptions(transport: SourceNode | null): LoadedAsync {
  const block = valueOf(transport, 'timeouts');
  const hasBlock = block?.type === 'map';
  const option = (key: string) => {
    const value = valueOf(transport, key);
    return value?.type === 'scalar' && value.scalar === 'null' ? null : textAt(transport, key);
  };
  return {
    call: hasBlock ? (durationAt(block, 'call') ?? 60_000) : (durationAt(transport, 'call') ?? 120_000),
    connect: hasBlock ? (durationAt(block, 'connect') ?? 10_000) : (durationAt(transport, 'connect') ?? 20_000),
    pool_ttl: durationAt(transport, 'pool_ttl') ?? 15_000,
    pool_size: integerAt(transport, 'pool_size', 1024, 1024),
    payload_max_bytes: integerAt(transport, 'payload_max_bytes', 33_554_432, 33_554_432),
    trust_cacerts: option('trust_cacerts'),
    client_cert: option('client_cert'),
    client_key: option('client_key'),
    client_key_password: option('client_key_password'),
  };
}
