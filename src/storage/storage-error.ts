/** What can go wrong with the browser's storage, in words that name the way out. */
export type StorageErrorCode = 'quota' | 'storage-closed' | 'corrupt' | 'not-found' | 'read-only';

export class StorageError extends Error {
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageError';
    this.code = code;
  }
}

/** Turns what IndexedDB throws into a StorageError; anything else is a bug of ours and is thrown on as it is. */
export function storageError(error: unknown): unknown {
  if (error instanceof StorageError || !(error instanceof Error)) {
    return error;
  }
  switch (error.name) {
    case 'QuotaExceededError':
      return new StorageError(
        'quota',
        'This browser has no room left for the Studio. Export the project as a ZIP, then delete projects or runs you no longer need.',
        { cause: error },
      );
    case 'InvalidStateError':
    case 'AbortError':
    case 'TransactionInactiveError':
    case 'UnknownError':
      return new StorageError(
        'storage-closed',
        'The browser closed the Studio’s storage. Export the project as a ZIP, then reload the page.',
        { cause: error },
      );
    case 'DataError':
    case 'NotReadableError':
    case 'DataCloneError':
      return new StorageError(
        'corrupt',
        `A stored record cannot be read (${error.message}). Export the project as a ZIP and import it anew.`,
        {
          cause: error,
        },
      );
    default:
      return error;
  }
}

/** Runs storage work with its failures in our words. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageError(error);
  }
}
