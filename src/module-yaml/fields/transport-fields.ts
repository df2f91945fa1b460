/** The `transport` of a v2 endpoint: its type is read at LOAD, everything else at the first call. */
import { durationLabel } from '../../model/duration-label.ts';
import type { EndpointDefinition } from '../../model/module.ts';
import { parseNanos } from '../duration.ts';
import { textEdit } from '../problem-codes.ts';
import { pairOf, scalarText, valueOf, type PairNode, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { normalTypename } from '../typename-text.ts';
import { readDuration } from './duration-field.ts';
import { readOkhttpTimeouts, type Timeouts } from './endpoint-fields.ts';
import { readInteger, readObject, warnIgnored } from './object-fields.ts';
import { fail, keyRange, pathText, readText, replaceWith, textOf, warn, type FieldPath, type SpecContext } from './spec-context.ts';
import { nearest } from '../../base/nearest.ts';
import { warnOfUnknownFields, type FieldShape } from './unknown-fields.ts';

export const ASYNC = 'io.statefun.transports.v1/async';
export const OKHTTP = 'io.statefun.transports.v1/okhttp';

const TIMEOUTS: FieldShape = { fields: { call: true, connect: true, read: true, write: true } };
const TLS = ['trust_cacerts', 'client_cert', 'client_key', 'client_key_password'];
const ASYNC_FIELDS = ['call', 'connect', 'pool_ttl', 'pool_size', 'payload_max_bytes', ...TLS];
const ASYNC_SHAPE: FieldShape = {
  fields: { type: true, timeouts: TIMEOUTS, ...Object.fromEntries(ASYNC_FIELDS.map((name) => [name, true] as const)) },
};
const OKHTTP_SHAPE: FieldShape = {
  fields: { type: true, timeouts: TIMEOUTS, ...Object.fromEntries(ASYNC_FIELDS.map((name) => [name, true] as const)) },
};

type Transport = Pick<EndpointDefinition, 'transport' | 'timeouts'>;

export function readTransport(context: SpecContext): Transport {
  const pair = readObject(context, context.spec, 'transport', ['transport'], `“type: ${ASYNC}”`);
  if (pair === null || pair.value.type !== 'map') {
    return { transport: 'async', timeouts: asyncTimeouts(120_000, 20_000) };
  }
  const transport = readType(context, pair);
  return transport === 'okhttp' ? readOkhttp(context, pair) : readAsync(context, pair);
}

function readType(context: SpecContext, pair: PairNode): 'async' | 'okhttp' {
  const path = ['transport', 'type'];
  const value = readText(context, pair, 'type', path, { strict: true });
  const name = value === null ? ASYNC : normalTypename(scalarText(value));
  if (value !== null && name !== ASYNC && name !== OKHTTP) {
    const known = nearest(value.text, [ASYNC, OKHTTP]) ?? [ASYNC, OKHTTP].find((kind) => kind.endsWith(`/${value.text}`)) ?? null;
    fail(context, name === null ? 'bad-typename' : 'bad-choice', `There is no transport ${value.text}: write ${ASYNC} or ${OKHTTP}.`, {
      at: value,
      field: path,
      moment: 'load',
      ...(known === null ? {} : { fix: replaceWith(`Write ${known}`, value, known) }),
    });
  }
  return name === OKHTTP ? 'okhttp' : 'async';
}

function readOkhttp(context: SpecContext, pair: PairNode): Transport {
  warnOfUnknownFields(context, pair.value, OKHTTP_SHAPE, ['transport']);
  warnIgnored(context, pair, ASYNC_FIELDS, ['transport'], 'okhttp reads only transport.timeouts.');
  const block = timeoutsBlock(context, pair);
  return { transport: 'okhttp', timeouts: readOkhttpTimeouts(context, block, ['transport', 'timeouts']) };
}

function readAsync(context: SpecContext, pair: PairNode): Transport {
  warnOfUnknownFields(context, pair.value, ASYNC_SHAPE, ['transport']);
  const path = ['transport'];
  const duration = (key: string) => readDuration(context, pair, key, [...path, key], { moment: 'call', nullIsAbsent: true });
  const call = duration('call') ?? 120_000;
  const connect = duration('connect') ?? 20_000;
  duration('pool_ttl');
  const poolSize = readInteger(context, pair, 'pool_size', [...path, 'pool_size'], { moment: 'call', fallback: 1024, ofNull: 1024 });
  const poolPair = pairOf(pair.value, 'pool_size');
  if (poolSize <= 0 && poolPair !== null) {
    fail(context, 'bad-number', 'transport.pool_size must be more than 0.', {
      at: poolPair.value,
      field: [...path, 'pool_size'],
      moment: 'call',
    });
  }
  readInteger(context, pair, 'payload_max_bytes', [...path, 'payload_max_bytes'], {
    moment: 'call',
    fallback: 33_554_432,
    ofNull: 33_554_432,
  });
  for (const key of TLS) {
    const option = pairOf(pair.value, key);
    if (option !== null && option.value.type !== 'scalar') {
      fail(context, 'wrong-type', `transport.${key} must be a text: write a path, a URL or classpath:….`, {
        at: option.value,
        field: [...path, key],
        moment: 'call',
      });
    }
  }
  checkCertificate(context, pair);
  const isNull = isNullNode(valueOf(pair.value, 'timeouts'));
  const block = isNull ? null : timeoutsBlock(context, pair);
  if (block === null) {
    refuseOverflow(context, pair, path);
    warnOfCallTime(context, pair, path, call, connect);
    return { transport: 'async', timeouts: asyncTimeouts(call, connect) };
  }
  refuseOverflow(context, block, [...path, 'timeouts']);
  // The block wins over the pair above it, and what it leaves out becomes 1 min and 10 s.
  warnIgnored(context, pair, ['call', 'connect'], path, 'the timeouts block wins. Keep one of the two.');
  const inner = [...path, 'timeouts'];
  warnIgnored(context, block, ['read', 'write'], inner, 'only okhttp has such a timeout.');
  const within = (key: string) => readDuration(context, block, key, [...inner, key], { moment: 'call', positive: true });
  const [innerCall, innerConnect] = [within('call') ?? 60_000, within('connect') ?? 10_000];
  warnOfCallTime(context, block, inner, innerCall, innerConnect);
  return { transport: 'async', timeouts: asyncTimeouts(innerCall, innerConnect) };
}

/** Connecting is part of the call, and ends with it. */
function warnOfCallTime(context: SpecContext, parent: PairNode, path: FieldPath, call: number, connect: number): void {
  const [callPair, connectPair] = [pairOf(parent.value, 'call'), pairOf(parent.value, 'connect')];
  if (callPair !== null && call === 0 && isDuration(callPair.value)) {
    const field = [...path, 'call'];
    const message = `${pathText(field)} of 0 leaves a call no time at all: write how long a call may take with its retries, such as 2 min.`;
    warn(context, 'bad-duration', message, { at: callPair.value, field });
  } else if (connectPair !== null && connect > call && isDuration(connectPair.value)) {
    const field = [...path, 'connect'];
    const message = `${pathText(field)} (${durationLabel(connect)}) is longer than call (${durationLabel(call)}), which ends first: write connect: ${durationLabel(call)} or less, or a longer call.`;
    warn(context, 'timeout-order', message, { at: connectPair.value, field });
  }
}

function isDuration(node: SourceNode): boolean {
  return parseNanos(textOf(node)).ok;
}

function isNullNode(node: SourceNode | null): boolean {
  return node?.type === 'scalar' && node.scalar === 'null';
}

/** The call is counted in nanoseconds, the connect in milliseconds, of 64 bits each. */
function refuseOverflow(context: SpecContext, parent: PairNode, path: FieldPath): void {
  for (const [key, unit] of [
    ['call', 1n],
    ['connect', 1_000_000n],
  ] as const) {
    const pair = pairOf(parent.value, key);
    const nanos = pair === null ? null : parseNanos(textOf(pair.value));
    if (pair !== null && nanos?.ok === true && nanos.value / unit >= 2n ** 63n) {
      const field = [...path, key];
      fail(context, 'bad-duration', `${pathText(field)} is too large: write a shorter time.`, { at: pair.value, field, moment: 'call' });
    }
  }
}

/** The object with okhttp's timeouts; null where it is missing or wrong (reported). */
export function timeoutsBlock(context: SpecContext, pair: PairNode, path: FieldPath = ['transport']): PairNode | null {
  const block = pairOf(pair.value, 'timeouts');
  if (block !== null && block.value.type !== 'map') {
    const field = [...path, 'timeouts'];
    fail(context, 'wrong-type', `${pathText(field)} must be an object: write call and connect under it.`, {
      at: block.value.from === block.value.to ? keyRange(block) : block.value,
      field,
      moment: 'call',
    });
    return null;
  }
  return block;
}

function checkCertificate(context: SpecContext, pair: PairNode): void {
  const [cert, key] = [pairOf(pair.value, 'client_cert'), pairOf(pair.value, 'client_key')];
  const only = cert === null ? key : key === null ? cert : null;
  if (only !== null) {
    const other = only.key === 'client_cert' ? 'client_key' : 'client_cert';
    const place = { at: keyRange(only), field: ['transport', only.key] };
    if (/^https:/i.test(textOf(valueOf(context.spec.value, 'urlPathTemplate') ?? pair.value))) {
      fail(context, 'half-certificate', `transport.${only.key} needs transport.${other} beside it: mutual TLS takes both.`, {
        ...place,
        moment: 'call',
      });
    } else {
      warn(context, 'half-certificate', `transport.${only.key} counts only with an https:// URL, and together with ${other}.`, place);
    }
  }
}

/** Only okhttp knows read and write; for async the call's time is what bounds them. */
function asyncTimeouts(call: number, connect: number): Timeouts {
  return { call, connect, read: call, write: call };
}

/** Warns where a batch has no limit: 0 and less mean that. */
export function warnOfUnlimitedBatch(context: SpecContext, limit: number): void {
  const pair = pairOf(context.spec.value, 'maxNumBatchRequests');
  if (limit <= 0 && pair !== null) {
    const value = pair.value as ScalarNode;
    warn(
      context,
      'unlimited-batch',
      `maxNumBatchRequests of ${limit} means no limit: a request may carry every waiting message. Left out, it is 1000.`,
      {
        at: value.from === value.to ? keyRange(pair) : value,
        field: ['maxNumBatchRequests'],
        fix: { label: 'Write 1000', edits: [textEdit(value.outer, value.to, value.from === value.to ? ' 1000' : '1000')] },
      },
    );
  }
}
