/**
 * What new code means for a run that goes on: functions that come or go, and states whose specs differ from those that the
 * runtime holds. What StateFun does then is known from facts S17 to S23 and S60; nothing here changes the run.
 */
import type { Typename } from '../base/ids.ts';
import type { StateSpec } from './messages.ts';

/** What code declares. */
export interface DeclaredFunction {
  readonly typename: Typename;
  readonly states: readonly StateSpec[];
}

/** What the runtime holds of a function type: specs registered in this attempt of the job, and states of earlier ones that are still stored. */
export interface HeldFunction {
  readonly typename: Typename;
  readonly registered: readonly StateSpec[];
  readonly stored: readonly { readonly name: string; readonly typename: string; readonly expires: boolean }[];
  /** A stand-in answers for it in this run, whatever the code says. */
  readonly standIn: boolean;
}

export type CodeChange =
  | { readonly type: 'function-added'; readonly function: Typename; readonly standIn: boolean }
  /** S60: an endpoint whose server does not know the type answers 500. */
  | { readonly type: 'function-removed'; readonly function: Typename; readonly called: boolean }
  | StateChange;

export interface StateChange {
  readonly type:
    /** S17. */
    | 'state-added'
    /** S18: declared again, with a value of before. */
    | 'state-back'
    /** S18. */
    | 'state-dropped'
    /** S20, S21: the job fails. */
    | 'state-type'
    /** S19, S22. */
    | 'expiration-changed'
    /** S19, S23: the job fails after a restart. */
    | 'expiration-added'
    | 'expiration-removed'
    /** Nothing is held under it yet, so that it is used as it now stands. */
    | 'state-unused';
  readonly function: Typename;
  readonly state: string;
  /** Whether the runtime has it in use, keeps values of an earlier attempt under its name, or has never seen it. */
  readonly held: 'registered' | 'stored' | 'none';
  /** What the runtime holds, or the code of before declared; null where there was none. */
  readonly before: StateSpec | null;
  readonly after: StateSpec | null;
}

/** Changes that make the job fail: at the next write of the state, or at the next restart with state kept. */
export function dangerOf(change: CodeChange): 'fails-now' | 'fails-at-restart' | null {
  switch (change.type) {
    case 'state-type':
      return 'fails-now';
    case 'function-removed':
      return change.called ? 'fails-now' : null;
    case 'expiration-added':
    case 'expiration-removed':
      return 'fails-at-restart';
    default:
      return null;
  }
}

/** In the order of the new code, what it no longer has at the end of each function, removed functions last. */
export function compareCode(
  before: readonly DeclaredFunction[],
  after: readonly DeclaredFunction[],
  held: readonly HeldFunction[],
): readonly CodeChange[] {
  const old = new Map(before.map((one) => [one.typename, one]));
  const known = new Map(held.map((one) => [one.typename, one]));
  const changes = after.flatMap((fn): readonly CodeChange[] => {
    const previous = old.get(fn.typename);
    const holds = known.get(fn.typename);
    const added: readonly CodeChange[] =
      previous === undefined ? [{ type: 'function-added', function: fn.typename, standIn: holds?.standIn === true }] : [];
    return [...added, ...compareStates(previous, fn, holds)];
  });
  const removed = before.flatMap(({ typename }): readonly CodeChange[] =>
    after.some((fn) => fn.typename === typename) ? [] : [{ type: 'function-removed', function: typename, called: known.has(typename) }],
  );
  return [...changes, ...removed];
}

function compareStates(
  previous: DeclaredFunction | undefined,
  fn: DeclaredFunction,
  held: HeldFunction | undefined,
): readonly StateChange[] {
  const was = new Map(previous?.states.map((spec) => [spec.name, spec]));
  const registered = new Map(held?.registered.map((spec) => [spec.name, spec]));
  const change = (type: StateChange['type'], before: StateSpec | null, after: StateSpec | null): StateChange => {
    const state = (after ?? before)?.name ?? '';
    const isStored = held?.stored.some(({ name }) => name === state) === true;
    return { type, function: fn.typename, state, held: registered.has(state) ? 'registered' : isStored ? 'stored' : 'none', before, after };
  };
  const present = fn.states.flatMap((after): readonly StateChange[] => {
    const old = was.get(after.name) ?? null;
    const spec = registered.get(after.name);
    const stored = held?.stored.find(({ name }) => name === after.name);
    const isSame = old !== null && sameSpec(old, after);
    if (spec !== undefined) {
      const type = differs(spec, after);
      // What was told when it was applied is not told again, but for what makes the job fail.
      return type === null
        ? old === null
          ? [change('state-back', spec, after)]
          : []
        : isSame && type !== 'state-type'
          ? []
          : [change(type, spec, after)];
    }
    if (stored !== undefined) {
      const type =
        stored.typename !== after.typename
          ? 'state-type'
          : stored.expires === (after.expiration !== null)
            ? null
            : after.expiration === null
              ? 'expiration-removed'
              : 'expiration-added';
      return type !== null
        ? [change(type, { ...after, typename: stored.typename, expiration: null }, after)]
        : old === null
          ? [change('state-back', null, after)]
          : [];
    }
    if (isSame) {
      return [];
    }
    // A new function's states come with it.
    return previous === undefined ? [] : [old === null ? change('state-added', null, after) : change('state-unused', old, after)];
  });
  const dropped = [...was.values()].flatMap((before): readonly StateChange[] =>
    fn.states.some(({ name }) => name === before.name) ? [] : [change('state-dropped', registered.get(before.name) ?? before, null)],
  );
  return [...present, ...dropped];
}

/** How a spec differs from the registered one in a way that the runtime would notice, now or after a restart. */
function differs(registered: StateSpec, after: StateSpec): StateChange['type'] | null {
  if (registered.typename !== after.typename) {
    return 'state-type';
  }
  if (registered.expiration === null || after.expiration === null) {
    return registered.expiration === after.expiration ? null : after.expiration === null ? 'expiration-removed' : 'expiration-added';
  }
  return sameExpiration(registered, after) ? null : 'expiration-changed';
}

function sameSpec(a: StateSpec, b: StateSpec): boolean {
  return a.typename === b.typename && sameExpiration(a, b);
}

function sameExpiration(a: StateSpec, b: StateSpec): boolean {
  return a.expiration?.mode === b.expiration?.mode && a.expiration?.millis === b.expiration?.millis;
}
