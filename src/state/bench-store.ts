/** Which function is open in the bench beside the code, and what it was opened with. */
import { create } from 'zustand';
import type { Typename } from '../base/ids.ts';
import { useDocument } from './document-controller.ts';
import { useView } from './document-store.ts';
import { useRun } from './run-store.ts';

/** `seq`: trace sequence number of an event of the recorded call to start from; null for an empty message. */
export interface BenchSubject {
  readonly typename: Typename;
  readonly seq: number | null;
  /** Tells two openings of the same thing apart. */
  readonly ticket: number;
}

interface BenchState {
  readonly subject: BenchSubject | null;
  /** In the code view bench and message share a place: whichever was asked for last stands in front. */
  readonly front: boolean;
  /** Shows the function's code with the bench beside it. */
  open(typename: Typename, seq?: number | null): void;
  show(front: boolean): void;
  close(): void;
}

let ticket = 0;

export const useBench = create<BenchState>()((set) => ({
  subject: null,
  front: true,
  open: (typename, seq = null) => {
    ticket += 1;
    set({ subject: { typename, seq, ticket }, front: true });
    const view = useView.getState();
    const path = useDocument.getState().facts.functions.find((fact) => fact.typename === typename)?.path;
    if (path !== undefined && (view.view !== 'code' || view.file !== path)) {
      view.openFile(path);
    } else if (view.view !== 'code') {
      view.setView('code');
    }
  },
  show: (front) => set({ front }),
  close: () => set({ subject: null }),
}));

useRun.subscribe((state, before) => {
  if (state.selectedEvent !== before.selectedEvent && state.selectedEvent !== null) {
    useBench.getState().show(false);
  }
});
