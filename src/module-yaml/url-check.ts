/** Judges `urlPathTemplate` as the transports do at the first call (module-yaml.md §5). */
import { parseJavaUri, type JavaUri, type UriFault } from './uri/java-uri.ts';
import { okhttpFault } from './uri/okhttp-url.ts';

/** What is wrong with the URL of a function, as a sentence that says what to write instead; null when a call can be made. */
export function urlFault(template: string, transport: 'async' | 'okhttp', functionName = 'name'): string | null {
  const url = template.replaceAll('{function.name}', functionName);
  const uri = parseJavaUri(url);
  if (!uri.ok) {
    return syntaxFault(url, uri.error);
  }
  return transport === 'async' ? asyncFault(url, uri.value) : okhttpWords(url, uri.value);
}

/** The URL without a scheme takes both transports to a null pointer. */
const NO_SCHEME = 'It has no scheme: begin it with http:// or https://.';
const NO_HOST = 'It names no host: write scheme://host:port/path.';

export function syntaxFault(url: string, { index, what }: UriFault): string {
  const variable = /\$\{[^}]*\}/.exec(url)?.[0];
  if (variable !== undefined) {
    return `StateFun 3.3.0 replaces no variables in module.yaml, so ${variable} stays as it is: write the address itself.`;
  }
  const brace = /^(?:\{[^}]*\}?|\})/.exec(url.slice(index))?.[0];
  if (brace !== undefined) {
    return `“${brace}” is no placeholder: the only one is {function.name}.`;
  }
  const char = url.slice(index, index + 1);
  switch (what) {
    case 'missing':
      return NO_HOST;
    case 'scheme':
      return NO_SCHEME;
    case 'escape':
      return 'A % must be followed by two hexadecimal digits.';
    case 'character': {
      if (/\s/.test(char)) {
        return 'It contains a blank or a line break: remove it, or write %20.';
      }
      const escaped = char < '\u0080' ? `: write it as %${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}` : ': remove it';
      return `“${char}” may not stand there in a URL${escaped}.`;
    }
  }
}

function asyncFault(url: string, uri: JavaUri): string | null {
  if (uri.scheme === null) {
    return NO_SCHEME;
  }
  if (uri.server === null) {
    return /^https?\+unix$/i.test(uri.scheme)
      ? 'The async transport cannot use unix sockets: use io.statefun.transports.v1/okhttp.'
      : uri.authority === null
        ? NO_HOST
        : hostFault(uri.authority);
  }
  return uri.server.port > 65_535 ? portFault(String(uri.server.port)) : null;
}

/** Why an authority names no host that the URI knows. */
function hostFault(authority: string): string {
  const server = authority.slice(authority.lastIndexOf('@') + 1);
  const host = server.replace(/:.*$/, '');
  const port = server.slice(host.length + 1);
  if (host === '') {
    return NO_HOST;
  }
  if (port !== '' && !/^[0-9]+$/.test(port)) {
    return portFault(port);
  }
  if (host.includes('_')) {
    return `The async transport does not take the host ${host} because of its _: rename the host, or use io.statefun.transports.v1/okhttp.`;
  }
  const labels = host.replace(/\.$/, '').split('.');
  if (labels.some((label) => label === '' || label.startsWith('-') || label.endsWith('-'))) {
    return `${host} is no host name: no part of it may be empty, or begin or end with a hyphen.`;
  }
  return /^[0-9]/.test(labels.at(-1) ?? '')
    ? `${host} is no host name: its last part begins with a digit.`
    : `${host} is no host name: use letters, digits, dots and hyphens.`;
}

function okhttpWords(url: string, uri: JavaUri): string | null {
  if (uri.scheme !== null && /^https?\+unix$/i.test(uri.scheme)) {
    return uri.path !== null && uri.path.split('/').some((part) => part.endsWith('.sock'))
      ? null
      : 'The path must name a file that ends in .sock.';
  }
  const fault = okhttpFault(url);
  switch (fault?.type) {
    case undefined:
      return null;
    case 'scheme':
      return uri.scheme === null ? NO_SCHEME : `okhttp does not speak ${uri.scheme}: write http:// or https://.`;
    case 'host':
      return fault.host === '' ? NO_HOST : `${fault.host} is no host name: use letters, digits, dots and hyphens.`;
    case 'port':
      return portFault(fault.port);
  }
}

function portFault(port: string): string {
  return `“${port}” is no port: write a number up to 65535.`;
}
