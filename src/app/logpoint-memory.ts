/** Logpoints outlive the page: each project has its own. */
import { recall, remember } from './local-memory.ts';
import { useDocument } from '../state/document-controller.ts';
import { recallLogpoints, rememberLogpoints, useLogpoints } from '../state/logpoints-store.ts';

const MEMORY = { recall, remember };

export function keepLogpoints(): void {
  useDocument.subscribe((state, before) => {
    if (state.id !== before.id && state.id !== null) {
      recallLogpoints(MEMORY, state.id);
    }
  });
  useLogpoints.subscribe((state, before) => {
    const { id } = useDocument.getState();
    if (state.logpoints !== before.logpoints && id !== null) {
      rememberLogpoints(MEMORY, id);
    }
  });
}
