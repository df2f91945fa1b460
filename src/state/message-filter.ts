/** What somewhere else asked the Messages panel to show: the events of one function. */
import { create } from 'zustand';
import type { Typename } from '../base/ids.ts';
import { useView } from './document-store.ts';

interface AskedMessages {
  readonly name: Typename | null;
  /** Tells two askings apart. */
  readonly ticket: number;
}

export const useAskedMessages = create<AskedMessages>()(() => ({ name: null, ticket: 0 }));

export function showMessagesOf(name: Typename): void {
  useAskedMessages.setState((state) => ({ name, ticket: state.ticket + 1 }));
  useView.getState().setDock(true, 'messages');
}
