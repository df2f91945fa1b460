/** Patterns over texts in which `*` stands for any run of characters, and everything else for itself. */

/** Linear in the length of the text for each star. */
export function matchesPattern(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  const [first = ''] = parts;
  if (parts.length === 1) {
    return pattern === text;
  }
  const last = parts[parts.length - 1] ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) {
    return false;
  }
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found === -1 || found + part.length > text.length - last.length) {
      return false;
    }
    at = found + part.length;
  }
  return true;
}

/** Whether a request is one that a method ("*" for any) and a pattern of URLs mean. "https://host" and "https://host/" are one URL. */
export function meansRequest(method: string, pattern: string, request: { readonly method: string; readonly url: string }): boolean {
  const methodFits = method === '*' || method.toUpperCase() === request.method;
  return methodFits && (matchesPattern(pattern, request.url) || matchesPattern(`${pattern}/`, request.url));
}
