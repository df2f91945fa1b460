/** Client properties that load, and that Kafka's clients then refuse, or StateFun and Flink write over: told as warnings, since the loader takes all. */
import { pairOf, type PairNode } from '../source/source-node.ts';
import { keyRange, textOf, warn, type FieldPath, type SpecContext } from './spec-context.ts';

interface Property {
  readonly pair: PairNode;
  readonly path: FieldPath;
}

/** Where a property stands that counts: the first pair of its item, the last item of that name. */
function propertyOf({ spec }: SpecContext, name: string): Property | null {
  const list = pairOf(spec.value, 'properties')?.value;
  if (list?.type !== 'list') {
    return null;
  }
  const index = list.items.findLastIndex(({ value }) => value.type === 'map' && value.pairs[0]?.key === name);
  const pair = pairOf(list.items[index]?.value, name);
  return pair === null ? null : { pair, path: ['properties', index, name] };
}

function warnOfOverwritten(context: SpecContext, name: string, why: string): void {
  const property = propertyOf(context, name);
  if (property !== null) {
    warn(context, 'ignored-field', `${name} is ignored here: ${why}`, { at: keyRange(property.pair), field: property.path });
  }
}

function isWritten(context: SpecContext, key: string): boolean {
  return pairOf(context.spec.value, key) !== null;
}

export function warnOfConsumerProperties(context: SpecContext): void {
  warnOfAddressTwice(context);
  if (isWritten(context, 'consumerGroupId')) {
    warnOfOverwritten(context, 'group.id', 'consumerGroupId is written over it. Remove it.');
  }
  const why = 'autoOffsetResetPosition is written over it, as latest where it is left out. Write autoOffsetResetPosition instead.';
  warnOfOverwritten(context, 'auto.offset.reset', why);
  const commits = 'as soon as the job takes checkpoints, Flink turns it off and commits the offsets with them. Remove it.';
  warnOfOverwritten(context, 'enable.auto.commit', commits);
}

export function warnOfProducerProperties(context: SpecContext, delivery: 'at-least-once' | 'exactly-once' | 'none'): void {
  warnOfAddressTwice(context);
  warnOfOverwritten(context, 'transactional.id', 'Flink gives transactions ids of its own, and takes it away without them. Remove it.');
  if (delivery === 'exactly-once') {
    const why = 'deliverySemantic.transactionTimeout is written over it. Remove it.';
    warnOfOverwritten(context, 'transaction.timeout.ms', why);
    warnOfRefused(context, 'enable.idempotence', /^\s*false\s*$/i, 'true');
    warnOfRefused(context, 'acks', /^\s*[01]\s*$/, 'all');
    warnOfRefused(context, 'retries', /^\s*0+\s*$/, 'more than 0');
  }
}

function warnOfAddressTwice(context: SpecContext): void {
  if (isWritten(context, 'address')) {
    warnOfOverwritten(context, 'bootstrap.servers', 'address is written over it. Remove it.');
  }
}

/** Transactions need an idempotent producer, and that one all acknowledgements and retries. */
function warnOfRefused(context: SpecContext, name: string, refused: RegExp, wanted: string): void {
  const property = propertyOf(context, name);
  if (property !== null && refused.test(textOf(property.pair.value))) {
    const text = textOf(property.pair.value).trim();
    const message = `Kafka's producer refuses ${name}: ${text} with the transactions of exactly-once when the job starts running: remove it, or write ${wanted}.`;
    warn(context, 'bad-property', message, { at: keyRange(property.pair), field: property.path });
  }
}
