/** Addresses of function servers: what may be confirmed, and what a confirmed one stands for. */

const FUNCTION_NAME = '{function.name}';

/** Why nothing can be sent to such an address, or null. */
export function targetProblem(url) {
  const match = /^https?:\/\/([^/?#\s\\@{}]+)([/?][^\s#\\]*)?$/i.exec(url);
  return match !== null && URL.canParse(url) && !/[{}]/.test(url.replaceAll(FUNCTION_NAME, '')) ? null : 'not an address of http or https';
}

/** S93: the name goes in as it is; one that would lead to another path is none. */
export function expand(target, name) {
  return typeof name === 'string' && /^[^/?#\\\s%{}\u0000-\u001f]+$/.test(name) && !/^\.+$/.test(name)
    ? target.replaceAll(FUNCTION_NAME, () => name)
    : null;
}
