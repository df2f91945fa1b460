/** An action as a component shows it: its words and whether it may run, kept true as the stores change. */
import { useSyncExternalStore } from 'react';
import { labelOf } from './action.ts';
import type { Action } from './action.ts';
import { actionOf } from './registry.ts';
import { useSession } from '../session.ts';
import { useCanvasActs } from '../../state/canvas-acts.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import { useRun } from '../../state/run-store.ts';
import { useTypeCheck } from '../../state/type-check-store.ts';

function subscribe(changed: () => void): () => void {
  const stops = [
    useSession.subscribe(changed),
    useDocument.subscribe(changed),
    useView.subscribe(changed),
    useRun.subscribe(changed),
    useTypeCheck.subscribe(changed),
    useCanvasActs.subscribe(changed),
  ];
  return () => stops.forEach((stop) => stop());
}

export interface ShownAction {
  readonly action: Action;
  readonly label: string;
  readonly enabled: boolean;
  readonly keys: string | undefined;
}

export function useAction(id: string): ShownAction {
  const action = actionOf(id);
  const enabled = useSyncExternalStore(subscribe, action.enabled);
  const label = useSyncExternalStore(subscribe, () => labelOf(action));
  return { action, label, enabled, keys: action.keys[0] };
}
