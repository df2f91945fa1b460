/** `user@host:port` as `java.net.URI` reads it. */

export interface Server {
  /** Brackets of IPv6 included. */
  readonly host: string;
  /** -1 where none is written. Not limited to 65535. */
  readonly port: number;
}

const OTHER = '\\u0080-\\uffff';
const USER = new RegExp(`^(?:[A-Za-z0-9_\\-!.~'()*;:&=+$,${OTHER}]|%[0-9A-Fa-f]{2})*$`);

/** Null where this names no host in the form that servers have. */
export function parseServer(authority: string): Server | null {
  const at = authority.indexOf('@');
  if (at >= 0 && !USER.test(authority.slice(0, at))) {
    return null;
  }
  const rest = authority.slice(at + 1);
  const match = /^(\[[^\]]*\]|[^:[\]]*)(?::(.*))?$/.exec(rest);
  const host = match?.[1] ?? '';
  const port = match?.[2];
  if (match === null || !(host.startsWith('[') ? isIpv6(host.slice(1, -1)) : isIpv4(host) || isHostName(host))) {
    return null;
  }
  if (port !== undefined && port !== '' && (!/^[0-9]+$/.test(port) || Number(port) > 2_147_483_647)) {
    return null;
  }
  return { host, port: port === undefined || port === '' ? -1 : Number(port) };
}

function isIpv4(host: string): boolean {
  return /^[0-9]{1,9}(?:\.[0-9]{1,9}){3}$/.test(host) && host.split('.').every((part) => Number(part) <= 255);
}

/** The last of several labels begins with a letter; a dot may end the name. */
function isHostName(host: string): boolean {
  const labels = host.replace(/\.$/, '').split('.');
  return (
    labels.every((label) => /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/.test(label)) &&
    (labels.length === 1 || /^[A-Za-z]/.test(labels.at(-1) ?? ''))
  );
}

export function isIpv6(text: string): boolean {
  const [address = '', scope] = text.split('%', 2);
  if (scope !== undefined && !/^[A-Za-z0-9_.]+$/.test(scope)) {
    return false;
  }
  const halves = address.split('::');
  if (halves.length > 2) {
    return false;
  }
  const counts = halves.map((half, index) => groups(half, index === halves.length - 1));
  const total = counts.reduce((sum: number, count) => sum + (count ?? Number.NaN), 0);
  return halves.length === 2 ? total <= 7 : total === 8;
}

/** How many groups of 16 bits a part of an address has; null where it is none. */
function groups(part: string, isLast: boolean): number | null {
  if (part === '') {
    return 0;
  }
  const pieces = part.split(':');
  const last = pieces.at(-1) ?? '';
  const hasIpv4 = isLast && last.includes('.');
  const hex = hasIpv4 ? pieces.slice(0, -1) : pieces;
  if (!hex.every((piece) => /^[0-9A-Fa-f]{1,4}$/.test(piece)) || (hasIpv4 && !isIpv4(last))) {
    return null;
  }
  return hex.length + (hasIpv4 ? 2 : 0);
}
