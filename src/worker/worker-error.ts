import type { CodePlace } from '../protocol/call.ts';
import { StorageError, storageError } from '../storage/storage-error.ts';
import type { WorkerError, WorkerErrorCode } from './contract.ts';

/** A request that ends in an error of the contract. */
export class RequestError extends Error {
  readonly code: WorkerErrorCode;
  readonly place: CodePlace | null;

  constructor(code: WorkerErrorCode, message: string, place: CodePlace | null = null) {
    super(message);
    this.name = 'RequestError';
    this.code = code;
    this.place = place;
  }
}

export function workerError(error: unknown): WorkerError {
  const known = storageError(error);
  if (known instanceof RequestError && known.place !== null) {
    return { code: known.code, message: known.message, place: known.place };
  }
  if (known instanceof RequestError || known instanceof StorageError) {
    return { code: known.code, message: known.message };
  }
  const text = known instanceof Error ? `${known.name}: ${known.message}` : String(known);
  return {
    code: 'internal',
    message: `Something in the Studio failed (${text}). What is shown as saved is safe; reload the page to go on.`,
  };
}

/** Another tab writes the run now: no fault of the storage. */
export function isTakenOver(error: unknown): error is StorageError {
  return error instanceof StorageError && error.code === 'read-only';
}

/** What a run says that stopped because a commit failed. */
export function stopNotice(error: unknown): string {
  return isTakenOver(error) ? error.message : 'The run stopped because it could not be saved. Export the project, then reload the page.';
}
