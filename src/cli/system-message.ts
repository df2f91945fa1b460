/** What the file system said, in words. */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EEXIST: 'there is a file of that name, not a folder',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left',
  EDQUOT: 'the quota is used up',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'links lead in a circle',
  EMFILE: 'too many files are open',
};

interface SystemError {
  readonly code: string;
  readonly path: string | undefined;
}

/** An error of the operating system, or null for any other: those are bugs. */
function systemError(error: unknown): SystemError | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string' || !/^E[A-Z0-9]+$/.test(error.code)) {
    return null;
  }
  return { code: error.code, path: 'path' in error && typeof error.path === 'string' ? error.path : undefined };
}

/** Such as ENOENT; null for any other error. */
export function systemErrorCode(error: unknown): string | null {
  return systemError(error)?.code ?? null;
}

/** One line; throws on what is not the system's error. */
export function systemMessage(error: unknown, path: string): string {
  const system = systemError(error);
  if (system === null) {
    throw error;
  }
  return `${system.path ?? path}: ${WORDS[system.code] ?? system.code}`;
}
