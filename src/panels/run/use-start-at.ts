/** Where the run's clock counts from, in virtual milliseconds. */
import { DEFAULT_SETTINGS } from '../../model/simulation-settings.ts';
import { useRun } from '../../state/run-store.ts';

export function useStartAt(): number {
  return useRun((run) => run.status?.settings.startAt ?? DEFAULT_SETTINGS.startAt);
}
