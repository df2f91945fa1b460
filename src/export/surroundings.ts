/**
 * What module.yaml expects around it: brokers with their topics, servers for its endpoints, Amazon Kinesis. Says of each whether a
 * container can stand in for it by the very name that module.yaml uses, so that the file is used unchanged.
 */
import type { NodeId, Typename } from '../base/ids.ts';
import type { JsonValue } from '../base/json.ts';
import type { CodeFacts } from '../model/code-facts.ts';
import type { DecodedModule, EndpointDefinition, ModuleComponent } from '../model/module.ts';
import type { StudioFile } from '../model/studio-file.ts';
import { remoteServers } from './remote-servers.ts';
import type { RemoteServer } from './remote-servers.ts';
import { endpointUrl } from './serving.ts';
import { shownUrl } from './shown-url.ts';

/** Names that the services of compose have whatever module.yaml says. */
export const MANAGER = 'statefun-manager';
export const WORKER = 'statefun-worker';

export interface Place {
  readonly host: string;
  readonly port: number;
}

export interface Broker {
  /** As module.yaml writes it. */
  readonly address: string;
  /** The host and port that a container can have in its place; null where that is not possible. */
  readonly place: Place | null;
  /** Why not. */
  readonly why: string | null;
  readonly components: readonly { readonly node: NodeId; readonly title: string; readonly secured: boolean }[];
  readonly topics: readonly string[];
  /** Egresses whose topics the code does not tell. */
  readonly unknown: readonly Typename[];
  /** The longest transaction timeout of its exactly-once egresses, in milliseconds. */
  readonly transactionTimeout: number | null;
}

export interface ServedEndpoint {
  readonly node: NodeId;
  readonly title: string;
  /** For files and messages: as module.yaml writes it, but for what authorizes the caller. */
  readonly url: string;
  readonly path: string;
  readonly place: Place | null;
  readonly why: string | null;
}

export interface Kinesis {
  readonly components: readonly string[];
  /** Where a component leaves its region, or its credentials, to what is around it. */
  readonly region: boolean;
  readonly credentials: boolean;
}

export interface Surroundings {
  readonly brokers: readonly Broker[];
  readonly endpoints: readonly ServedEndpoint[];
  /** Endpoints whose functions run elsewhere. */
  readonly servers: readonly RemoteServer[];
  readonly kinesis: Kinesis | null;
  /** Files on the engine's machine that module.yaml names: certificates, AWS profiles. */
  readonly files: readonly string[];
  /** Kinds that a plain StateFun does not have. */
  readonly foreign: readonly string[];
}

type JsonObject = { readonly [key: string]: JsonValue };

/** @param remote whether an endpoint's functions run elsewhere */
export function surroundingsOf(
  module: DecodedModule,
  facts: CodeFacts,
  studio: StudioFile,
  remote: (endpoint: EndpointDefinition) => boolean,
): Surroundings {
  const components = module.components;
  const endpoints = components.flatMap((component) =>
    component.definition?.type === 'endpoint' && !remote(component.definition) ? [servedEndpoint(component, component.definition)] : [],
  );
  const taken = new Set([MANAGER, WORKER, ...endpoints.flatMap(({ place }) => (place === null ? [] : [place.host]))]);
  return {
    brokers: brokersOf(components, facts, studio, taken),
    endpoints,
    servers: remoteServers(components, studio, remote),
    kinesis: kinesisOf(components),
    files: [...new Set(components.flatMap(({ spec }) => filesIn(spec)))],
    foreign: components.filter(({ role, definition }) => role === 'custom' || isCustom(definition)).map(({ kind }) => kind),
  };
}

function isCustom(definition: ModuleComponent['definition']): boolean {
  return (definition?.type === 'ingress' || definition?.type === 'egress') && definition.connector === 'custom';
}

function servedEndpoint(component: ModuleComponent, { urlPathTemplate }: EndpointDefinition): ServedEndpoint {
  const url = endpointUrl(urlPathTemplate);
  const named = { node: component.node, title: component.title, url: shownUrl(urlPathTemplate), path: url?.path ?? '/' };
  const no = (why: string): ServedEndpoint => ({ ...named, place: null, why });
  if (url === null || url.port === null) {
    return no(url?.host === '' ? 'it is a socket file' : 'its URL names no port of a host');
  }
  if (url.scheme !== 'http') {
    return no('it is reached over TLS');
  }
  const why = hostFault(url.host);
  return why === null ? { ...named, place: { host: url.host.toLowerCase(), port: url.port }, why } : no(why);
}

/** Why a container in the same network cannot have this name, or null. */
function hostFault(host: string): string | null {
  if (host.includes('{')) {
    return 'its host changes with the function';
  }
  if (/^localhost$/i.test(host) || host.startsWith('127.') || host === '[::1]') {
    return `${host} is, in a container, that container itself`;
  }
  if ([MANAGER, WORKER].includes(host.toLowerCase())) {
    return `${host} is the name of StateFun's own container`;
  }
  return /^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$/i.test(host) && !/^\d+$/.test(host) ? null : `${host} is a host elsewhere`;
}

function brokersOf(
  components: readonly ModuleComponent[],
  facts: CodeFacts,
  studio: StudioFile,
  taken: ReadonlySet<string>,
): readonly Broker[] {
  const byAddress = new Map<string, ModuleComponent[]>();
  for (const component of components) {
    const address = isKafka(component) ? addressOf(component.spec) : null;
    if (address !== null) {
      byAddress.set(address, [...(byAddress.get(address) ?? []), component]);
    }
  }
  return [...byAddress].map(([address, users]) => brokerOf(address, users, egressTopics(facts, studio), taken));
}

function brokerOf(
  address: string,
  users: readonly ModuleComponent[],
  written: ReadonlyMap<Typename, readonly string[]>,
  taken: ReadonlySet<string>,
): Broker {
  const components = users.map(({ node, title, spec }) => ({ node, title, secured: isSecured(spec) }));
  const topics = new Set<string>();
  const unknown: Typename[] = [];
  let transactionTimeout: number | null = null;
  for (const { definition } of users) {
    if (definition?.type === 'ingress') {
      definition.routes.forEach(({ topic }) => topics.add(topic));
    } else if (definition?.type === 'egress') {
      const own = written.get(definition.id) ?? [];
      own.forEach((topic) => topics.add(topic));
      if (own.length === 0) {
        unknown.push(definition.id);
      }
      if (definition.delivery === 'exactly-once' && definition.transactionTimeout !== null) {
        transactionTimeout = Math.max(transactionTimeout ?? 0, definition.transactionTimeout);
      }
    }
  }
  const { place, why } = brokerPlace(address, components, taken);
  return { address, place, why, components, topics: [...topics].sort(), unknown, transactionTimeout };
}

function brokerPlace(address: string, users: Broker['components'], taken: ReadonlySet<string>): Pick<Broker, 'place' | 'why'> {
  const brokers = address.split(',').map((broker) => broker.trim());
  if (brokers.length > 1) {
    return { place: null, why: 'it names several brokers' };
  }
  const secured = users.find((user) => user.secured);
  if (secured !== undefined) {
    return { place: null, why: `${secured.title} reaches it with security.protocol` };
  }
  const match = /^(.+):(\d{1,5})$/.exec(brokers[0] ?? '');
  const [, host = '', port = ''] = match ?? [];
  if (match === null || Number(port) < 1 || Number(port) > 65_535) {
    return { place: null, why: 'it names no host and port' };
  }
  const why = hostFault(host) ?? (taken.has(host.toLowerCase()) ? `${host} is an endpoint's host, too` : null);
  return { place: why === null ? { host: host.toLowerCase(), port: Number(port) } : null, why };
}

/** For each egress the topics that code, or a stand-in, sends to. */
function egressTopics(facts: CodeFacts, studio: StudioFile): ReadonlyMap<Typename, readonly string[]> {
  const topics = new Map<Typename, string[]>();
  const add = (id: Typename, more: readonly string[]): void => void topics.set(id, [...(topics.get(id) ?? []), ...more]);
  facts.functions.forEach(({ sends }) => sends.forEach((send) => send.target === 'egress' && add(send.to, send.topics ?? [])));
  studio.standIns.forEach(({ forwardTo }) => forwardTo?.type === 'egress' && add(forwardTo.id, [forwardTo.topic]));
  return topics;
}

function kinesisOf(components: readonly ModuleComponent[]): Kinesis | null {
  const users = components.filter(
    ({ definition }) => (definition?.type === 'ingress' || definition?.type === 'egress') && definition.connector === 'kinesis',
  );
  const leaves = (field: string): boolean => users.some(({ spec }) => (textAt(spec, [field, 'type']) ?? 'default') === 'default');
  return users.length === 0
    ? null
    : { components: users.map(({ title }) => title), region: leaves('awsRegion'), credentials: leaves('awsCredentials') };
}

const FILE_FIELDS = new Set(['trust_cacerts', 'client_cert', 'client_key', 'profilePath']);

function filesIn(value: JsonValue): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap(filesIn);
  }
  return isObject(value)
    ? Object.entries(value).flatMap(([key, inner]) =>
        FILE_FIELDS.has(key) && typeof inner === 'string' && !/^(?:classpath:|https?:)/.test(inner) ? [inner] : filesIn(inner),
      )
    : [];
}

function isKafka({ definition }: ModuleComponent): boolean {
  return (definition?.type === 'ingress' || definition?.type === 'egress') && definition.connector === 'kafka';
}

function addressOf(spec: JsonValue): string | null {
  return textAt(spec, ['address']) ?? propertiesOf(spec).findLast(([name]) => name === 'bootstrap.servers')?.[1] ?? null;
}

function isSecured(spec: JsonValue): boolean {
  const protocol = propertiesOf(spec).findLast(([name]) => name === 'security.protocol')?.[1];
  return protocol !== undefined && protocol.toUpperCase() !== 'PLAINTEXT';
}

/** Client properties as the loader takes them: the first pair of each item. */
export function propertiesOf(spec: JsonValue): readonly (readonly [string, string])[] {
  const list = isObject(spec) ? spec['properties'] : undefined;
  return Array.isArray(list)
    ? list.flatMap((item: JsonValue) => {
        const [pair] = isObject(item) ? Object.entries(item) : [];
        return pair === undefined ? [] : [[pair[0], String(pair[1])] as const];
      })
    : [];
}

function textAt(value: JsonValue, path: readonly string[]): string | null {
  let at: JsonValue | undefined = value;
  for (const key of path) {
    at = at !== undefined && isObject(at) ? at[key] : undefined;
  }
  return typeof at === 'string' ? at : null;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
