/** How a failed save shows, and whether two file trees hold the same. */
import type { FileTree, WorkerError } from '../worker/contract.ts';
import type { DocumentState } from './document-store.ts';

export function saveFailure(error: WorkerError): Pick<DocumentState, 'save' | 'saveMessage' | 'saveCode'> {
  const readOnly = error.code === 'read-only' || error.code === 'locked';
  return { save: readOnly ? 'read-only' : 'failed', saveMessage: error.message, saveCode: error.code };
}

export function sameFiles(left: FileTree, right: FileTree): boolean {
  if (left.size !== right.size) {
    return false;
  }
  for (const [path, content] of left) {
    const other = right.get(path);
    if (other === undefined || !sameContent(content, other)) {
      return false;
    }
  }
  return true;
}

function sameContent(left: string | Uint8Array, right: string | Uint8Array): boolean {
  if (typeof left === 'string' || typeof right === 'string') {
    return left === right;
  }
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
