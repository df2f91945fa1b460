/** Writes the module.yaml of a group of cases. `kafka:9092` and `http://functions` stand for addresses that only a run knows. */
import { COMMANDS_TYPE } from '../../support/programs/command.ts';

export interface EndpointText {
  readonly functions: string;
  /** Behind `http://functions`; default `/`. */
  readonly path?: string;
  /** The whole template, where it is not the function server's. */
  readonly url?: string;
  /** Lines of the spec, indented by two. */
  readonly more?: string;
}

export interface IngressText {
  readonly id: string;
  /** `topic: targets`; the value type is that of programs unless the topic says `topic as type`. */
  readonly topics: Readonly<Record<string, readonly string[]>>;
  readonly startup?: string;
  readonly group?: string;
}

export interface EgressText {
  readonly id: string;
  /** Lines of the deliverySemantic, indented by four. */
  readonly delivery: string;
}

export function moduleText(
  endpoints: readonly EndpointText[],
  ingresses: readonly IngressText[],
  egresses: readonly EgressText[] = [],
): string {
  return [...endpoints.map(endpointText), ...ingresses.map(ingressText), ...egresses.map(egressText)].join('---\n');
}

function endpointText({ functions, path = '/', url = `http://functions${path}`, more = '' }: EndpointText): string {
  return `kind: io.statefun.endpoints.v2/http
spec:
  functions: ${functions}
  urlPathTemplate: ${url}
${more}`;
}

function ingressText({ id, topics, startup = 'earliest', group = 'test' }: IngressText): string {
  const entries = Object.entries(topics).map(([name, targets]) => {
    const [topic, valueType = COMMANDS_TYPE] = name.split(' as ');
    return `    - topic: ${topic}\n      valueType: ${valueType}\n      targets:\n${targets.map((target) => `        - ${target}\n`).join('')}`;
  });
  return `kind: io.statefun.kafka.v1/ingress
spec:
  id: ${id}
  address: kafka:9092
  consumerGroupId: ${group}
  startupPosition:
    type: ${startup}
  topics:
${entries.join('')}`;
}

function egressText({ id, delivery }: EgressText): string {
  return `kind: io.statefun.kafka.v1/egress
spec:
  id: ${id}
  address: kafka:9092
  deliverySemantic:
${delivery}`;
}

export const ASYNC_SHORT = `  transport:
    type: io.statefun.transports.v1/async
    timeouts:
      call: 3s
      connect: 2s
`;

export const OKHTTP_SHORT = `  transport:
    type: io.statefun.transports.v1/okhttp
    timeouts:
      call: 3s
      connect: 2s
      read: 1s
      write: 2s
`;
