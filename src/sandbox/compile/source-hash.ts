/** Names a version of the code: SHA-256 over paths and texts. */
import { isModulePath } from '../../model/resolve-import.ts';
import type { SourceFile, StubRulesFile } from '../sandbox-api.ts';

/** The name of what is made of these files; whoever only wants to know whether it is the same need not compile them. */
export function bundleHash(files: readonly (SourceFile | StubRulesFile)[]): Promise<string> {
  return sourceHash(
    files.flatMap((file) => {
      const text = 'text' in file ? (isModulePath(file.path) ? file.text : null) : JSON.stringify(file.rules);
      return text === null ? [] : [{ path: file.path, text }];
    }),
  );
}

export async function sourceHash(parts: readonly { readonly path: string; readonly text: string }[]): Promise<string> {
  const sorted = [...parts].sort((a, b) => (a.path < b.path ? -1 : 1));
  // JSON keeps path and text apart whatever they hold.
  const bytes = new TextEncoder().encode(JSON.stringify(sorted.map((part) => [part.path, part.text])));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
