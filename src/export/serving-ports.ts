/** Where the engine looks for the functions: the ports that module.yaml's endpoints name. */
import type { EndpointDefinition } from '../model/module.ts';

/** For endpoints whose port is not this server's to take: behind TLS, or a socket file. */
const DEFAULT_PORT = 8000;

/** In order of first use; the default port when no endpoint names one. */
export function servingPorts(endpoints: readonly EndpointDefinition[]): readonly number[] {
  const ports = endpoints.flatMap(({ urlPathTemplate }) => {
    const match = /^http:\/\/(?:[^/@]*@)?(?:\[[^\]]*\]|[^/:]*)(?::(\d+))?(?:[/?#]|$)/i.exec(urlPathTemplate);
    const port = match === null ? null : Number(match[1] ?? 80);
    return port === null || port < 1 || port > 65535 ? [] : [port];
  });
  return ports.length === 0 ? [DEFAULT_PORT] : [...new Set(ports)];
}
