/** Fuzzing of one function at a time, and what it found; reports stay until the next one of the function. */
import { create } from 'zustand';
import type { Typename } from '../../base/ids.ts';
import { workerClient } from '../../state/client.ts';
import { useDocument } from '../../state/document-controller.ts';
import type { FuzzReport } from '../../worker/trial-contract.ts';

interface FuzzSession {
  readonly reports: ReadonlyMap<Typename, FuzzReport>;
  readonly progress: {
    readonly ticket: number;
    readonly typename: Typename;
    readonly done: number;
    readonly total: number;
    readonly findings: number;
  } | null;
  readonly errors: ReadonlyMap<Typename, string>;
}

export const useFuzz = create<FuzzSession>()(() => ({ reports: new Map(), progress: null, errors: new Map() }));

let lastTicket = 0;

export async function fuzz(typename: Typename, samples: number, seed: number): Promise<void> {
  lastTicket += 1;
  const ticket = lastTicket;
  useFuzz.setState(({ errors }) => ({
    progress: { ticket, typename, done: 0, total: samples, findings: 0 },
    errors: without(errors, typename),
  }));
  const stop = workerClient().listen((event) => {
    const { progress } = useFuzz.getState();
    if (event.type === 'fuzz-progress' && progress?.ticket === ticket) {
      useFuzz.setState({ progress: { ...progress, done: event.done, total: event.total, findings: event.findings } });
    }
  });
  const document = useDocument.getState();
  if (document.save === 'saving') {
    await document.whenSaved();
  }
  const answer = await workerClient().ask('fuzz-function', { typename, samples, seed });
  stop();
  if (useFuzz.getState().progress?.ticket !== ticket) {
    return;
  }
  useFuzz.setState(({ reports, errors }) => ({
    progress: null,
    reports: answer.ok ? new Map(reports).set(typename, answer.value) : reports,
    errors: answer.ok ? errors : new Map(errors).set(typename, answer.error.message),
  }));
}

/** What was found until now comes as the report. */
export function cancelFuzz(): void {
  void workerClient().ask('cancel-fuzz', {});
}

function without<Value>(map: ReadonlyMap<Typename, Value>, key: Typename): ReadonlyMap<Typename, Value> {
  return new Map([...map].filter(([other]) => other !== key));
}

useDocument.subscribe((state, before) => {
  if (state.id !== before.id) {
    useFuzz.setState({ reports: new Map(), progress: null, errors: new Map() });
  }
});
