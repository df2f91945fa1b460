/** Broker addresses: the loader takes any text, so a missing port shows only when the brokers are sought. */
import type { TextRange } from '../../model/problem.ts';
import { warn, type FieldPath, type SpecContext } from './spec-context.ts';

const WHEN = "Kafka's client refuses it when the job starts running";

/** `text`: the address as the client sees it. */
export function warnOfAddress(context: SpecContext, text: string, place: { readonly at: TextRange; readonly field: FieldPath }): void {
  const message = addressFault(text);
  if (message !== null) {
    warn(context, 'address-without-port', message, place);
  }
}

function addressFault(text: string): string | null {
  const variable = /\$\{[^}]*\}|\$[A-Za-z_]\w*/.exec(text)?.[0];
  if (variable !== undefined) {
    return `StateFun 3.3.0 replaces no variables in module.yaml, so ${variable} stays as it is, and ${WHEN}: write the brokers themselves, such as kafka:9092.`;
  }
  const brokers = text.split(',').map((broker) => broker.trim());
  const named = brokers.filter((broker) => broker !== '');
  if (named.length === 0) {
    return `No broker is named, and ${WHEN}: write host:port, such as kafka:9092, several separated by commas.`;
  }
  const bad = named.find((broker) => !/^.+:\d{1,5}$/.test(broker) || Number(broker.slice(broker.lastIndexOf(':') + 1)) > 65_535);
  if (bad !== undefined) {
    const meant = /^\d+$/.test(bad) ? `host:${bad}` : `${bad.replace(/:.*$/, '')}:9092`;
    return `${bad} has no port, or none that is one, and ${WHEN}: write ${meant}.`;
  }
  return named.length < brokers.length ? 'A broker is empty: write host:port, separated by commas.' : null;
}
