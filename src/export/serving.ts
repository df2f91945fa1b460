/** Where the engine looks for the functions: the ports and paths that module.yaml's endpoints name. */
import type { EndpointDefinition } from '../model/module.ts';

/** For endpoints whose port is not this server's to take: behind TLS, or a socket file. */
const DEFAULT_PORT = 8000;

export interface EndpointUrl {
  /** Small letters, e.g. `http`. */
  readonly scheme: string;
  /** Brackets of IPv6 included; may hold `{function.name}`. */
  readonly host: string;
  /** As written, or the scheme's own; null where the scheme has none or it is none. */
  readonly port: number | null;
  /** As StateFun asks for it, `{function.name}` still in it. */
  readonly path: string;
}

/** An endpoint's URL taken apart; null where it is none. */
export function endpointUrl(template: string): EndpointUrl | null {
  const socket = /^(https?\+unix):\/\/\/?.*?\.sock([^?#]*)/i.exec(template);
  if (socket !== null) {
    return { scheme: (socket[1] ?? '').toLowerCase(), host: '', port: null, path: socket[2] === '' ? '/' : (socket[2] ?? '/') };
  }
  const match = /^(https?):\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)(?::(\d+))?([^?#]*)/i.exec(template);
  if (match === null) {
    return null;
  }
  const [, scheme = '', host = '', written, path = ''] = match;
  const port = written === undefined ? (scheme.toLowerCase() === 'http' ? 80 : 443) : Number(written);
  return {
    scheme: scheme.toLowerCase(),
    host,
    port: port < 1 || port > 65535 ? null : port,
    path: path === '' ? '/' : path,
  };
}

/** In order of first use; the default port when no endpoint names one. */
export function servingPorts(endpoints: readonly EndpointDefinition[]): readonly number[] {
  const ports = endpoints.flatMap(({ urlPathTemplate }) => {
    const url = endpointUrl(urlPathTemplate);
    return url?.scheme !== 'http' || url.port === null ? [] : [url.port];
  });
  return ports.length === 0 ? [DEFAULT_PORT] : [...new Set(ports)];
}

/** The paths of all endpoints, in order of first use. */
export function servingPaths(endpoints: readonly EndpointDefinition[]): readonly string[] {
  return [...new Set(endpoints.flatMap(({ urlPathTemplate }) => endpointUrl(urlPathTemplate)?.path ?? []))];
}
