/** Where okhttp goes with a URL that java.net.URI took: more lenient about hosts, and with http and https only. */
import { isIpv6 } from './server-authority.ts';

export type OkhttpFault =
  | { readonly type: 'scheme' }
  | { readonly type: 'host'; readonly host: string }
  | { readonly type: 'port'; readonly port: string };

/** Null when a call can be made. */
export function okhttpFault(url: string): OkhttpFault | null {
  const match = /^https?:[/\\]*([^/\\?#]*)/i.exec(url);
  if (match === null) {
    return { type: 'scheme' };
  }
  const authority = match[1] ?? '';
  const server = authority.slice(authority.lastIndexOf('@') + 1);
  const parts = /^((?:\[[^\]]*\]|[^:[])*)(?::(.*))?$/.exec(server);
  const host = parts?.[1] ?? server;
  const port = parts?.[2] ?? '';
  if (port !== '' && !(/^\+?[0-9]+$/.test(port) && Number(port) > 0 && Number(port) <= 65_535)) {
    return { type: 'port', port };
  }
  return isHost(decoded(host)) ? null : { type: 'host', host };
}

function isHost(host: string): boolean {
  if (host.includes(':')) {
    return isIpv6(host.replace(/^\[(.*)\]$/, '$1'));
  }
  const labels = host.replace(/\.$/, '').split('.');
  return labels.every((label) => label !== '' && label.length <= 63) && !/[\u0000-\u001f\u007f #%/:?@[\\\]]/.test(host);
}

function decoded(host: string): string {
  try {
    return decodeURIComponent(host);
  } catch {
    return host;
  }
}
