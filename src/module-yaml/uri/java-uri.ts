/** A URI as `java.net.URI` takes it apart: RFC 2396, with its deviations. */
import { err, ok, type Result } from '../../base/result.ts';
import { parseServer, type Server } from './server-authority.ts';

export interface JavaUri {
  readonly scheme: string | null;
  /** Null without `//`, or with nothing behind it. */
  readonly authority: string | null;
  /** Null where the authority is none, or names no host. */
  readonly server: Server | null;
  /** Null for an opaque URI such as `mailto:x`. Escapes are decoded. */
  readonly path: string | null;
}

export interface UriFault {
  /** Offset of the character that may not stand there; the length of the text where something is missing. */
  readonly index: number;
  readonly what: 'character' | 'escape' | 'scheme' | 'missing';
}

const UNRESERVED = "A-Za-z0-9_\\-!.~'()*";
// What is neither ASCII, nor a blank, nor a control character may stand anywhere.
const OTHER = '\\u0080-\\uffff';
const CLASSES = {
  path: new RegExp(`^[${UNRESERVED}${OTHER}:@&=+$,;/]$`),
  any: new RegExp(`^[${UNRESERVED}${OTHER};/?:@&=+$,[\\]]$`),
  registry: new RegExp(`^[${UNRESERVED}${OTHER}$,;:@&=+]$`),
  server: new RegExp(`^[${UNRESERVED}${OTHER};:&=+$,@[\\]]$`),
  user: new RegExp(`^[${UNRESERVED}${OTHER};:&=+$,]$`),
};

export type CharacterClass = keyof typeof CLASSES;

export function parseJavaUri(text: string): Result<JavaUri, UriFault> {
  const colon = text.search(/[/?#:]/);
  const hasScheme = colon >= 0 && text[colon] === ':';
  if (hasScheme && !/^[A-Za-z][A-Za-z0-9+.-]*$/.test(text.slice(0, colon))) {
    return err({ index: 0, what: 'scheme' });
  }
  if (text === '') {
    return err({ index: 0, what: 'missing' });
  }
  const scheme = hasScheme ? text.slice(0, colon) : null;
  const start = hasScheme ? colon + 1 : 0;
  const hash = text.indexOf('#', start);
  const end = hash < 0 ? text.length : hash;
  const fragment = hash < 0 ? null : firstFault(text, hash + 1, text.length, 'any');
  if (hasScheme && text[start] !== '/') {
    const fault = end === start ? { index: start, what: 'missing' as const } : (firstFault(text, start, end, 'any') ?? fragment);
    return fault === null ? ok({ scheme, authority: null, server: null, path: null }) : err(fault);
  }
  const parts = parseHierarchical(text, start, end);
  return !parts.ok ? parts : fragment === null ? ok({ scheme, ...parts.value }) : err(fragment);
}

function parseHierarchical(text: string, start: number, end: number): Result<Omit<JavaUri, 'scheme'>, UriFault> {
  const hasAuthority = text.startsWith('//', start);
  const from = hasAuthority ? start + 2 : start;
  const slash = hasAuthority ? indexOfAny(text, '/?', from, end) : from;
  if (hasAuthority && slash === from && slash === text.length) {
    return err({ index: from, what: 'missing' });
  }
  const authority = slash > from ? text.slice(from, slash) : null;
  const server = authority === null ? ok(null) : parseAuthority(text, from, slash);
  if (!server.ok) {
    return server;
  }
  const question = indexOfAny(text, '?', slash, end);
  const fault = firstFault(text, slash, question, 'path') ?? firstFault(text, question + 1, end, 'any');
  return fault === null ? ok({ authority, server: server.value, path: decodePath(text.slice(slash, question)) }) : err(fault);
}

/** A server, or a registered name in which the URI sees no host. */
function parseAuthority(text: string, from: number, to: number): Result<Server | null, UriFault> {
  const authority = text.slice(from, to);
  const isServer = authority.includes(']') ? /^[^\s"<>\\^`{|}]*$/.test(authority) : firstFault(text, from, to, 'server') === null;
  const registryFault = firstFault(text, from, to, 'registry');
  const server = isServer ? parseServer(authority) : null;
  if (server !== null) {
    return ok(server);
  }
  return registryFault === null ? ok(null) : err(registryFault);
}

/** The first character of a range that may not stand there. */
export function firstFault(text: string, from: number, to: number, allowed: CharacterClass): UriFault | null {
  for (let index = from; index < to; index += 1) {
    const char = text.charAt(index);
    if (char === '%') {
      if (!/^[0-9A-Fa-f]{2}$/.test(text.slice(index + 1, index + 3)) || index + 3 > to) {
        return { index, what: 'escape' };
      }
      index += 2;
    } else if (!CLASSES[allowed].test(char) || /[\u0080-\u009f\p{Z}]/u.test(char)) {
      return { index, what: 'character' };
    }
  }
  return null;
}

function indexOfAny(text: string, set: string, from: number, to: number): number {
  for (let index = from; index < to; index += 1) {
    if (set.includes(text.charAt(index))) {
      return index;
    }
  }
  return Math.max(from, to);
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
