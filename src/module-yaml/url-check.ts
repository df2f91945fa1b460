/** Judges `urlPathTemplate` as the transports do at the first call (module-yaml.md §5). */

/** What is wrong with the URL, as a sentence that says what to write instead; null when a call can be made. */
export function urlFault(template: string, transport: 'async' | 'okhttp'): string | null {
  const url = template.replaceAll('{function.name}', 'name');
  const brace = /\{[^}]*\}?|\}/.exec(url)?.[0];
  if (brace !== undefined) {
    return `“${brace}” is no placeholder: the only one is {function.name}.`;
  }
  if (/\s/.test(url)) {
    return 'It contains a blank or a line break: remove it, or write %20.';
  }
  const illegal = /["<>\\^`|]|[\u0000-\u001f\u007f]/.exec(url)?.[0];
  if (illegal !== undefined) {
    return `“${illegal}” may not stand in a URL: write it as %${illegal.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}.`;
  }
  if (/%(?![0-9a-fA-F]{2})/.test(url)) {
    return 'A % must be followed by two hexadecimal digits.';
  }
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    return 'It has no scheme: begin it with http:// or https://.';
  }
  if (scheme === 'http+unix' || scheme === 'https+unix') {
    return unixFault(url, transport);
  }
  if (transport === 'okhttp' && scheme !== 'http' && scheme !== 'https') {
    return `okhttp does not speak ${scheme}: write http:// or https://.`;
  }
  return hostFault(url.slice(scheme.length + 1), transport);
}

function unixFault(url: string, transport: 'async' | 'okhttp'): string | null {
  if (transport === 'async') {
    return 'The async transport cannot use unix sockets: use io.statefun.transports.v1/okhttp.';
  }
  return /\.sock(?:\/|$)/.test(url) ? null : 'The path must name a file that ends in .sock.';
}

function hostFault(rest: string, transport: 'async' | 'okhttp'): string | null {
  const authority = /^\/\/([^/?#]*)/.exec(rest)?.[1];
  const server = authority?.slice(authority.lastIndexOf('@') + 1) ?? '';
  if (server === '' || server.startsWith(':')) {
    return 'It names no host: write scheme://host:port/path.';
  }
  const ipv6 = /^\[[0-9a-fA-F:.]+\](?::(.*))?$/.exec(server);
  const at = server.indexOf(':');
  const port = ipv6 === null ? (at < 0 ? undefined : server.slice(at + 1)) : ipv6[1];
  if (port !== undefined && port !== '' && (!/^[0-9]+$/.test(port) || Number(port) > 65_535)) {
    return `“${port}” is no port: write a number up to 65535.`;
  }
  if (ipv6 !== null || transport === 'okhttp') {
    return null;
  }
  const host = at < 0 ? server : server.slice(0, at);
  const labels = host.replace(/\.$/, '').split('.');
  if (labels.length === 4 && labels.every((label) => /^[0-9]{1,3}$/.test(label) && Number(label) <= 255)) {
    return null;
  }
  if (host.includes('_')) {
    return `The async transport does not take the host ${host} because of its _: rename the host, or use io.statefun.transports.v1/okhttp.`;
  }
  if (labels.some((label) => label === '' || label.startsWith('-') || label.endsWith('-'))) {
    return `${host} is no host name: no part of it may be empty, or begin or end with a hyphen.`;
  }
  return /^[0-9]/.test(labels.at(-1) ?? '') ? `${host} is no host name: its last part begins with a digit.` : null;
}
