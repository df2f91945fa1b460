/** When actions are enabled, in words of the stores. */
import { useSession } from '../session.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useRun } from '../../state/run-store.ts';
import { canAdvance } from '../../state/run-controller.ts';

export function isOpen(): boolean {
  return useSession.getState().phase === 'open';
}
export function isWritable(): boolean {
  return isOpen() && useDocument.getState().save !== 'read-only';
}
export function isRunning(): boolean {
  return isOpen() && useRun.getState().status !== null;
}
export function mayAdvance(): boolean {
  return isOpen() && canAdvance(useRun.getState().status);
}
