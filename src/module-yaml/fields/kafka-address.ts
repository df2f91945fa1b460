/** Broker addresses: the loader takes any text, so a missing port shows only when the brokers are sought. */
import { scalarText, type ScalarNode } from '../source/source-node.ts';
import { warn, type SpecContext } from './spec-context.ts';

export function warnOfAddress(context: SpecContext, address: ScalarNode): void {
  const brokers = scalarText(address)
    .split(',')
    .map((broker) => broker.trim());
  const bad = brokers.filter((broker) => !/^.+:\d{1,5}$/.test(broker) || Number(broker.slice(broker.lastIndexOf(':') + 1)) > 65_535);
  const first = bad[0];
  if (first !== undefined) {
    warn(
      context,
      'address-without-port',
      first === ''
        ? 'A broker is empty: write host:port, separated by commas.'
        : `Kafka wants a port: write ${/^\d+$/.test(first) ? `host:${first}` : `${first.replace(/:.*$/, '')}:9092`} instead of ${first}.`,
      { at: address, field: ['address'] },
    );
  }
}
