/** Names a version of the code: SHA-256 over paths and texts. */

export async function sourceHash(parts: readonly { readonly path: string; readonly text: string }[]): Promise<string> {
  const sorted = [...parts].sort((a, b) => (a.path < b.path ? -1 : 1));
  // JSON keeps path and text apart whatever they hold.
  const bytes = new TextEncoder().encode(JSON.stringify(sorted.map((part) => [part.path, part.text])));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
