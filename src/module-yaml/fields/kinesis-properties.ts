/** What the Kinesis consumer checks of its own properties when the job starts. */
import type { SourceNode } from '../source/source-node.ts';
import { fail, keyRange, textOf, type SpecContext } from './spec-context.ts';

type NumberKind = 'int' | 'long' | 'double';

const BACKOFF: readonly (readonly [string, NumberKind])[] = [
  ['backoff.base', 'long'],
  ['backoff.max', 'long'],
  ['backoff.expconst', 'double'],
];
const RETRIED = [
  'shard.getrecords',
  'shard.getiterator',
  'list.shards',
  'stream.describe',
  'stream.describestreamconsumer',
  'stream.registerstreamconsumer',
  'stream.deregisterstreamconsumer',
  'shard.subscribetoshard',
];
const NUMBERS = new Map<string, NumberKind>([
  ...RETRIED.flatMap((name) => BACKOFF.map(([part, kind]) => [`flink.${name}.${part}`, kind] as const)),
  ['flink.shard.getrecords.maxrecordcount', 'int'],
  ['flink.shard.getrecords.maxretries', 'int'],
  ['flink.shard.getrecords.intervalmillis', 'long'],
  ['flink.shard.getiterator.maxretries', 'int'],
  ['flink.shard.discovery.intervalmillis', 'long'],
  ['flink.stream.describestreamconsumer.maxretries', 'int'],
  ['flink.stream.registerstreamconsumer.maxretries', 'int'],
  ['flink.stream.registerstreamconsumer.timeout', 'int'],
  ['flink.stream.deregisterstreamconsumer.maxretries', 'int'],
  ['flink.stream.deregisterstreamconsumer.timeout', 'int'],
  ['flink.shard.subscribetoshard.maxretries', 'int'],
]);
const LIMITS: Readonly<Record<NumberKind, number>> = { int: 2_147_483_647, long: 2 ** 63, double: Number.POSITIVE_INFINITY };
const PUBLISHER = 'flink.stream.recordpublisher';
const REGISTRATION = 'flink.stream.efo.registration';

export function checkConsumerProperties(context: SpecContext, properties: ReadonlyMap<string, SourceNode>): void {
  for (const [name, node] of properties) {
    const fault = faultOf(name, textOf(node), properties);
    if (fault !== null) {
      const at = node.from === node.to ? keyRange(context.spec) : node;
      fail(context, 'bad-property', `${name === '' ? 'A property without a name' : name} ${fault}`, {
        at,
        field: ['clientConfigProperties'],
        moment: 'start',
      });
    }
  }
}

/** The end of a sentence; null for what the consumer takes. */
function faultOf(name: string, text: string, properties: ReadonlyMap<string, SourceNode>): string | null {
  const kind = NUMBERS.get(name);
  if (name === '') {
    return 'keeps the job from starting: write a name.';
  }
  if (kind !== undefined && !isCount(text, kind)) {
    return `must be a number that is not negative${kind === 'double' ? '' : ', and whole'}.`;
  }
  if (name === 'flink.shard.getrecords.intervalmillis' && Number(text) >= 300_000) {
    return 'must be less than 300000.';
  }
  if (name === PUBLISHER && text !== 'EFO' && text !== 'POLLING') {
    return 'must be EFO or POLLING.';
  }
  if (name === REGISTRATION && isFanOut(properties) && !['LAZY', 'EAGER', 'NONE'].includes(text)) {
    return 'must be LAZY, EAGER or NONE.';
  }
  const registers = !properties.has(REGISTRATION) || textOfProperty(properties, REGISTRATION) !== 'NONE';
  if (name === PUBLISHER && text === 'EFO' && registers && !properties.has('flink.stream.efo.consumername')) {
    return 'needs flink.stream.efo.consumername beside it.';
  }
  return null;
}

function isFanOut(properties: ReadonlyMap<string, SourceNode>): boolean {
  return textOfProperty(properties, PUBLISHER) === 'EFO';
}

function textOfProperty(properties: ReadonlyMap<string, SourceNode>, name: string): string | null {
  const node = properties.get(name);
  return node === undefined ? null : textOf(node);
}

function isCount(text: string, kind: NumberKind): boolean {
  const pattern = kind === 'double' ? /^\s*\+?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?[dDfF]?\s*$/ : /^(?:\+?[0-9]+|-0+)$/;
  return pattern.test(text) && Number(text.trim().replace(/[dDfF]$/, '')) <= LIMITS[kind];
}
