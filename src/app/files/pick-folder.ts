/** The browser's folder picker (File System Access), where it has one. */
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';

/** Not in every browser, and so not in TypeScript's own types. */
declare global {
  interface Window {
    showDirectoryPicker?(options: { readonly mode: 'read' | 'readwrite'; readonly id: string }): Promise<FileSystemDirectoryHandle>;
  }
}

export function canPickFolders(): boolean {
  return window.showDirectoryPicker !== undefined;
}

/** Null when the user changed their mind. An error is a sentence. */
export async function pickFolder(mode: 'read' | 'readwrite'): Promise<Result<FileSystemDirectoryHandle | null, string>> {
  try {
    return ok((await window.showDirectoryPicker?.({ mode, id: 'statefun-studio' })) ?? null);
  } catch (error) {
    return isNamed(error, 'AbortError') ? ok(null) : err(`The folder cannot be opened: ${wordsOf(error)}`);
  }
}

export function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
