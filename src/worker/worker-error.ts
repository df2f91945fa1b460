import { StorageError, storageError } from '../storage/storage-error.ts';
import type { WorkerError, WorkerErrorCode } from './contract.ts';

/** A request that ends in an error of the contract. */
export class RequestError extends Error {
  readonly code: WorkerErrorCode;

  constructor(code: WorkerErrorCode, message: string) {
    super(message);
    this.name = 'RequestError';
    this.code = code;
  }
}

export function workerError(error: unknown): WorkerError {
  const known = storageError(error);
  if (known instanceof RequestError || known instanceof StorageError) {
    return { code: known.code, message: known.message };
  }
  const text = known instanceof Error ? `${known.name}: ${known.message}` : String(known);
  return {
    code: 'internal',
    message: `Something in the Studio failed (${text}). What is shown as saved is safe; reload the page to go on.`,
  };
}
