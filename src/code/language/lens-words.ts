/** What stands above a function's spec. Pure. */
import type { Typename } from '../../base/ids.ts';
import type { FunctionActivity } from '../../worker/trial-contract.ts';

export type LensAct =
  | { readonly type: 'messages'; readonly typename: Typename }
  | { readonly type: 'error'; readonly seq: number }
  | { readonly type: 'try'; readonly typename: Typename };

export interface Lens {
  readonly title: string;
  readonly help: string;
  readonly act: LensAct;
}

const LONGEST_ERROR = 60;

/** `activity`: null while there is no run. */
export function lensesOf(typename: Typename, activity: FunctionActivity | null): readonly Lens[] {
  const lenses: Lens[] = [];
  if (activity !== null) {
    lenses.push({
      title: activity.messages === 1 ? '1 message handled' : `${grouped(activity.messages)} messages handled`,
      help: 'Show them in Messages',
      act: { type: 'messages', typename },
    });
  }
  if (activity !== null && activity.lastError !== null) {
    const { seq, error } = activity.lastError;
    lenses.push({ title: `last error: ${shortened(error)}`, help: `${error}\nShow its message and its line`, act: { type: 'error', seq } });
  }
  return [
    ...lenses,
    { title: 'Try it', help: 'Call this function alone, with a message of yours (Alt+Enter)', act: { type: 'try', typename } },
  ];
}

function shortened(error: string): string {
  const [line = ''] = error.split('\n');
  return line.length > LONGEST_ERROR ? `${line.slice(0, LONGEST_ERROR - 1).trimEnd()}…` : line;
}

function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, '\u2009');
}
