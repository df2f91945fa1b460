/** What a run would notice of new code: what is loaded, compared with what ran and what the engine holds. */
import type { Engine } from '../runtime/engine-api.ts';
import { compareCode, type CodeChange, type DeclaredFunction } from '../protocol/code-change.ts';
import type { LoadReport } from '../sandbox/sandbox-api.ts';

export function codeChanges(before: LoadReport, after: LoadReport, engine: Pick<Engine, 'held'>): readonly CodeChange[] {
  return compareCode(declaredIn(before), declaredIn(after), engine.held());
}

/** As the SDK tells the runtime: where both times are given, the one after writes counts. */
export function declaredIn({ functions }: LoadReport): readonly DeclaredFunction[] {
  return functions.map(({ typename, states }) => ({
    typename,
    states: states.map(({ name, typename: type, expireAfterWrite, expireAfterCall }) => ({
      name,
      typename: type,
      expiration:
        expireAfterWrite !== null
          ? { mode: 'after-write', millis: expireAfterWrite }
          : expireAfterCall !== null
            ? { mode: 'after-invoke', millis: expireAfterCall }
            : null,
    })),
  }));
}
