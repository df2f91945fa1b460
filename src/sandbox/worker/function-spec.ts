/** Reads what a file exports or binds as a function's spec, once, whatever getters and traps it holds; says what is wrong with it. */
import { arrayPush, isArray, isInteger } from './primordials.ts';
import type { RawFunction } from '../wire.ts';
import type { BindOptions } from './sdk.ts';

export interface SpecFault {
  readonly message: string;
  /** A text of the source to point at. */
  readonly near: string | null;
}

export type SpecReading =
  | { readonly type: 'none' }
  | { readonly type: 'bad'; readonly faults: readonly SpecFault[] }
  /** A snapshot: later changes of the user's object have no effect, as after a `bind` in production. */
  | { readonly type: 'spec'; readonly options: BindOptions; readonly states: RawFunction['states'] };

type State = { -readonly [Key in keyof RawFunction['states'][number]]: RawFunction['states'][number][Key] };

/**
 * An object with `typename` and `fn` is meant as a spec; anything else is an ordinary export.
 * @param isMeant it is given to `bind`, or nothing else can be done with it: an `fn` alone makes it a spec
 */
export function readSpec(value: unknown, isMeant = false): SpecReading {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
    return { type: 'none' };
  }
  try {
    if (!('fn' in value) || !(isMeant || 'typename' in value || 'specs' in value)) {
      return { type: 'none' };
    }
    const { typename, fn, specs } = value as { typename?: unknown; fn?: unknown; specs?: unknown };
    if (isMeant && !('typename' in value || 'specs' in value) && typeof fn !== 'function') {
      return { type: 'none' };
    }
    return readParts(typename, fn, specs);
  } catch {
    return {
      type: 'bad',
      faults: [{ message: 'An export that looks like a function spec cannot be read: reading it throws.', near: null }],
    };
  }
}

function readParts(typename: unknown, fn: unknown, specs: unknown): SpecReading {
  const faults: SpecFault[] = [];
  const near = typeof typename === 'string' ? typename : null;
  if (typename === undefined) {
    arrayPush(faults, { message: "This function spec has no typename: add typename: 'namespace/name', such as 'shop/cart'.", near });
  } else if (typeof typename !== 'string' || !/^[^/].*\/[^/]+$|^[^/]\/[^/]+$/.test(typename)) {
    arrayPush(faults, { message: `The typename ${shown(typename)} is not of the form <namespace>/<name>, such as 'shop/cart'.`, near });
  }
  if (typeof fn !== 'function') {
    arrayPush(faults, { message: `The \`fn\` of ${shown(typename)} is not a function (context, message).`, near });
  }
  const states: State[] = [];
  const copies: unknown[] = [];
  if (specs !== undefined && specs !== null && !isArray(specs)) {
    arrayPush(faults, { message: `The \`specs\` of ${shown(typename)} is not a list.`, near });
  } else if (isArray(specs)) {
    for (let index = 0; index < specs.length; index += 1) {
      readState(specs[index], shown(typename), states, copies, faults);
    }
  }
  if (faults.length > 0) {
    return { type: 'bad', faults };
  }
  return { type: 'spec', options: { typename, fn, specs: copies } as BindOptions, states };
}

function readState(spec: unknown, owner: string, states: State[], copies: unknown[], faults: SpecFault[]): void {
  const { name, type, expireAfterCall, expireAfterWrite } = (spec ?? {}) as {
    name?: unknown;
    type?: unknown;
    expireAfterCall?: unknown;
    expireAfterWrite?: unknown;
  };
  const near = typeof name === 'string' ? name : null;
  if (typeof name !== 'string' || !/^[_a-z]+$/.test(name)) {
    arrayPush(faults, {
      message: `The state name ${shown(name)} of ${owner} may hold only the letters a to z and _ (the SDK refuses others).`,
      near,
    });
    return;
  }
  if (states.some((state) => state.name === name)) {
    arrayPush(faults, { message: `The state '${name}' of ${owner} is declared twice.`, near });
    return;
  }
  const typename: unknown = typeof type === 'object' && type !== null ? (type as { typename?: unknown }).typename : undefined;
  if (typeof typename !== 'string') {
    arrayPush(faults, { message: `The state '${name}' of ${owner} has no type; give one, such as StateFun.intType().`, near });
    return;
  }
  for (const [key, millis] of [
    ['expireAfterCall', expireAfterCall],
    ['expireAfterWrite', expireAfterWrite],
  ] as const) {
    if (millis !== undefined && millis !== null && !isInteger(millis)) {
      arrayPush(faults, { message: `\`${key}\` of the state '${name}' of ${owner} is a whole number of milliseconds.`, near });
      return;
    }
  }
  arrayPush(states, { name, typename, expireAfterWrite: expiration(expireAfterWrite), expireAfterCall: expiration(expireAfterCall) });
  // The type stays the user's own object: serialize and deserialize are called on it.
  arrayPush(copies, { name, type, expireAfterCall, expireAfterWrite });
}

function expiration(millis: unknown): number | null {
  return typeof millis === 'number' && millis !== -1 ? millis : null;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : value === undefined ? '(missing)' : `(${typeof value})`;
}
