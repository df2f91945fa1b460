/** Where clocks count from: the run's start, or the one that the next run would have. */
import { useDocument } from '../../state/document-controller.ts';
import { useRun } from '../../state/run-store.ts';

export function useBenchStart(): number {
  const settings = useDocument((state) => state.studio.settings.startAt);
  return useRun((state) => state.status?.settings.startAt ?? settings);
}
