/** All component kinds that StateFun 3.3.0 brings, and the playground's two. Anything else is a custom kind. */
import { normalTypename } from '../typename-text.ts';
import { ENDPOINT_V1 } from './endpoint-v1.ts';
import { ENDPOINT_V2 } from './endpoint-v2.ts';
import { KAFKA_EGRESS } from './kafka-egress.ts';
import { KAFKA_INGRESS } from './kafka-ingress.ts';
import { KINESIS_EGRESS } from './kinesis-egress.ts';
import { KINESIS_INGRESS } from './kinesis-ingress.ts';
import type { KindDescription, KindModule } from './kind-description.ts';
import { PLAYGROUND_EGRESS, PLAYGROUND_INGRESS } from './playground.ts';

export const KINDS = {
  'io.statefun.endpoints.v2/http': ENDPOINT_V2,
  'io.statefun.endpoints.v1/http': ENDPOINT_V1,
  'io.statefun.kafka.v1/ingress': KAFKA_INGRESS,
  'io.statefun.kafka.v1/egress': KAFKA_EGRESS,
  'io.statefun.kinesis.v1/ingress': KINESIS_INGRESS,
  'io.statefun.kinesis.v1/egress': KINESIS_EGRESS,
  'io.statefun.playground.v1/ingress': PLAYGROUND_INGRESS,
  'io.statefun.playground.v1/egress': PLAYGROUND_EGRESS,
} satisfies Record<string, KindModule>;

export const KIND_LIST: readonly KindModule[] = Object.values(KINDS);

/** The description behind a form; legacy names are understood too. Null for custom kinds. */
export function describeKind(kind: string): KindDescription | null {
  const normal = normalTypename(kind) ?? kind;
  return KIND_LIST.find((module) => module.kind === normal || module.legacyName === normal) ?? null;
}
