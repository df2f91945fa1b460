/** What keeps a job from starting: seen in every attempt, before anything is read or called. */
import type { Machine } from './machine.ts';
import type { JobFailure } from './machine-types.ts';

/** `transaction.max.timeout.ms` of a Kafka broker that does not set it: the simulated broker's. */
const BROKER_TRANSACTION_LIMIT_MILLIS = 900_000;

/** Topics are no reason here: the simulated broker has every topic that an ingress reads (S87). */
export function startFailure(machine: Machine): JobFailure | null {
  const { ingresses } = machine.config.module;
  if (machine.jobAttempt > machine.processStart && ingresses.some(({ kind }) => kind === 'io.statefun.playground.v1/ingress')) {
    // S90
    return { code: 'playground-port-in-use', message: 'BindException: Address already in use', address: null };
  }
  for (const { definition, transactional } of machine.egresses.values()) {
    if (transactional && (definition.transactionTimeout ?? 0) > BROKER_TRANSACTION_LIMIT_MILLIS) {
      // S80
      return {
        code: 'transaction-timeout-too-long',
        message:
          'The transaction timeout is larger than the maximum value allowed by the broker (as configured by transaction.max.timeout.ms).',
        address: null,
      };
    }
  }
  return null;
}
