/** Which functions a server outside the Studio answers for, and at which URL. */
import type { Typename } from '../base/ids.ts';
import type { EndpointDefinition, ModuleDefinition } from './module.ts';
import type { RemoteEndpoint } from './studio-file.ts';

export interface RemoteTarget {
  /** What the user named, which may hold {function.name}, the name, and what comes of the two (S93). */
  readonly template: string;
  readonly name: string;
  readonly url: string;
  /** As the engine's client of that transport would ask (S5), and what it takes for an answer (S61). */
  readonly transport: EndpointDefinition['transport'];
  readonly timeoutMillis: number;
}

const FUNCTION_NAME = '{function.name}';

/** `namespace/name` beats `namespace/*` (S91). */
export function endpointFor({ endpoints }: ModuleDefinition, type: string): EndpointDefinition | null {
  const { namespace, name } = parts(type);
  const inNamespace = endpoints.filter(({ pattern }) => pattern.namespace === namespace);
  return inNamespace.find(({ pattern }) => pattern.name === name) ?? inNamespace.find(({ pattern }) => pattern.name === '*') ?? null;
}

export function patternText({ namespace, name }: EndpointDefinition['pattern']): string {
  return `${namespace}/${name}`;
}

/** The setting that sends the calls of a function out, or null. One for the function beats the one for its endpoint. */
export function remoteFor(module: ModuleDefinition, remotes: readonly RemoteEndpoint[], type: Typename): RemoteEndpoint | null {
  const endpoint = remotes.length === 0 ? null : endpointFor(module, type);
  if (endpoint === null) {
    return null;
  }
  const pattern = patternText(endpoint.pattern);
  return remotes.find(({ functions }) => functions === type) ?? remotes.find(({ functions }) => functions === pattern) ?? null;
}

/** Where the calls of a function go, or null where they are answered in the Studio. */
export function remoteTarget(module: ModuleDefinition, remotes: readonly RemoteEndpoint[], type: Typename): RemoteTarget | null {
  const remote = remoteFor(module, remotes, type);
  const endpoint = remote === null ? null : endpointFor(module, type);
  if (remote === null || endpoint === null) {
    return null;
  }
  const template = urlOf(module, remote) ?? endpoint.urlPathTemplate;
  const { name } = parts(type);
  const url = template.replaceAll(FUNCTION_NAME, () => name);
  return { template, name, url, transport: endpoint.transport, timeoutMillis: remote.timeoutMillis };
}

/** The URL that a setting means, {function.name} in it or not; null where no endpoint serves its functions. */
export function urlOf(module: ModuleDefinition, { functions, url }: RemoteEndpoint): string | null {
  const ofPattern = module.endpoints.find(({ pattern }) => patternText(pattern) === functions) ?? endpointFor(module, functions);
  return ofPattern === null ? null : (url ?? ofPattern.urlPathTemplate);
}

/** Whether the pattern is one of an endpoint, or a function that one serves. */
export function isServed(module: ModuleDefinition, functions: string): boolean {
  return functions.endsWith('/*')
    ? module.endpoints.some(({ pattern }) => patternText(pattern) === functions)
    : endpointFor(module, functions) !== null;
}

/** Why no calls can go to such a URL, or null. */
export function remoteUrlProblem(url: string): string | null {
  const match = /^(https?):\/\/([^/?#\s\\{}]+)([/?][^\s#\\]*)?$/i.exec(url);
  if (match === null) {
    return `the URL must begin with http:// or https:// and a host, such as http://localhost:8000/statefun, not ${JSON.stringify(url)}`;
  }
  if (match[2]?.includes('@') === true) {
    return 'the URL must hold no user and password: StateFun sends none';
  }
  return /[{}]/.test(url.replaceAll(FUNCTION_NAME, '')) ? 'of what stands in braces, StateFun replaces {function.name} only' : null;
}

function parts(type: string): { readonly namespace: string; readonly name: string } {
  const slash = type.indexOf('/');
  return slash < 0 ? { namespace: '', name: type } : { namespace: type.slice(0, slash), name: type.slice(slash + 1) };
}
