/** A panel about the run of now: it begins anew with each, and says what it is for while there is none. */
import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { useRun } from '../../state/run-store.ts';
import { EmptyPanel } from './PanelFrame.tsx';

interface PanelOfRunProps {
  readonly name: string;
  /** What stands there without a run. */
  readonly empty: string;
  readonly children: ReactNode;
}

export function PanelOfRun({ name, empty, children }: PanelOfRunProps) {
  const run = useRun((state) => state.status?.run ?? null);
  return run === null ? <EmptyPanel name={name} empty={empty} /> : <Fragment key={run}>{children}</Fragment>;
}
