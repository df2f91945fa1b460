/**
 * A copy of module.yaml for the containers of compose, where module.yaml names what no container can stand in for. The original stays
 * byte for byte; each replacement is told.
 */
import type { NodeId } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import { editedText } from '../../module-yaml/patch/patch-target.ts';
import { setSpecValue } from '../../module-yaml/patch/set-spec-value.ts';
import type { ExportOptions } from '../export-options.ts';
import { THIS_MACHINE } from '../remote-servers.ts';
import { shownUrl } from '../shown-url.ts';
import type { Broker, Place, ServedEndpoint, Surroundings } from '../surroundings.ts';
import { propertiesOf } from '../surroundings.ts';
import type { ModuleComponent } from '../../model/module.ts';

export interface Replacement {
  /** The component, as people call it. */
  readonly title: string;
  readonly field: string;
  readonly from: string;
  /** Null: left out. */
  readonly to: string | null;
}

export interface LocalBroker extends Broker {
  readonly place: Place;
}

export interface LocalEndpoint extends ServedEndpoint {
  readonly place: Place;
}

export interface ComposePlan {
  /** What the containers load: module.yaml's text, or that of the copy. */
  readonly copy: string | null;
  readonly replacements: readonly Replacement[];
  readonly brokers: readonly LocalBroker[];
  readonly endpoints: readonly LocalEndpoint[];
  /** What is used as it is, with the reason why nothing stands in for it. */
  readonly outside: readonly { readonly what: string; readonly why: string }[];
}

/** Properties that a broker without security makes no use of, or trips over. */
const SECURITY = /^(?:security\.|sasl\.|ssl\.)/;

export function composePlan(
  text: string,
  components: readonly ModuleComponent[],
  surroundings: Surroundings,
  options: ExportOptions,
): ComposePlan {
  const plan = { text, replacements: [] as Replacement[], brokers: [] as LocalBroker[], endpoints: [] as LocalEndpoint[] };
  const outside: { readonly what: string; readonly why: string }[] = [];
  const taken = new Set([...surroundings.brokers, ...surroundings.endpoints].flatMap(({ place }) => (place === null ? [] : [place.host])));
  const set = (node: NodeId, title: string, path: string, from: string, to: JsonValue): boolean => {
    const edits = setSpecValue(plan.text, node, [path], to);
    if (!edits.ok) {
      return false;
    }
    plan.text = editedText(plan.text, edits.value);
    plan.replacements.push({
      title,
      field: path,
      from,
      to: typeof to === 'string' ? shownUrl(to) : null,
    });
    return true;
  };
  const functionsHost = freeName('functions', taken);
  for (const endpoint of surroundings.endpoints) {
    const { place, node, title, url, path } = endpoint;
    const stand = { host: functionsHost, port: 8000 };
    if (place !== null) {
      plan.endpoints.push({ ...endpoint, place });
    } else if (options.functions === 'local' && set(node, title, 'urlPathTemplate', url, `http://${functionsHost}:${stand.port}${path}`)) {
      plan.endpoints.push({ ...endpoint, place: stand });
    } else {
      outside.push({ what: `${title} at ${url}`, why: endpoint.why ?? '' });
    }
  }
  for (const { node, title, url, local, isLoopback } of surroundings.servers) {
    if (options.servers !== 'local' || local === null || !set(node, title, 'urlPathTemplate', url, local)) {
      const why = isLoopback
        ? 'its functions are served elsewhere, and localhost is, in a container, that container itself'
        : 'its functions are served elsewhere';
      outside.push({ what: `${title} at ${url}`, why });
    }
  }
  const kafkaHost = freeName('kafka', taken);
  let stands = 0;
  for (const broker of surroundings.brokers) {
    const stand = { host: stands === 0 ? kafkaHost : `${kafkaHost}-${stands + 1}`, port: 9092 };
    if (broker.place !== null) {
      plan.brokers.push({ ...broker, place: broker.place });
      continue;
    }
    const before = { text: plan.text, replacements: plan.replacements.length };
    const replaced =
      options.kafka === 'local' &&
      broker.components.every(({ node, title, secured }) => {
        const spec = components.find((component) => component.node === node)?.spec ?? null;
        const kept = propertiesOf(spec).filter(([name]) => !SECURITY.test(name));
        const address = set(node, title, 'address', broker.address, `${stand.host}:${stand.port}`);
        return (
          address &&
          (!secured ||
            set(
              node,
              title,
              'properties',
              'security.*, sasl.* and ssl.*',
              kept.map(([name, value]) => ({ [name]: value })),
            ))
        );
      });
    if (replaced) {
      plan.brokers.push({ ...broker, place: stand });
      stands += 1;
    } else {
      plan.text = before.text;
      plan.replacements.length = before.replacements;
      outside.push({ what: `Kafka at ${broker.address}`, why: broker.why ?? '' });
    }
  }
  return {
    copy: plan.replacements.length === 0 ? null : plan.text,
    replacements: plan.replacements,
    brokers: plan.brokers,
    endpoints: plan.endpoints,
    outside,
  };
}

/** Whether the copy names servers on the machine that the containers run on. */
export function leadsToThisMachine({ replacements }: ComposePlan): boolean {
  return replacements.some(({ to }) => to?.includes(THIS_MACHINE) === true);
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? `${name}-local` : name;
}
