/** Puts a component into module.yaml, and finds out which node it became. */
import type { NodeId } from '../base/ids.ts';
import type { JsonValue } from '../base/json.ts';
import type { ModuleComponent } from '../model/module.ts';
import { insertComponent } from '../module-yaml/patch/insert-component.ts';
import type { EditSession } from './edit-session.ts';
import { carryShifted } from './positions.ts';

/** Null when the session has failed. Custom components behind the new one keep their places. */
export function newComponent(session: EditSession, kind: string, spec: JsonValue): NodeId | null {
  const before = session.decodedModule().components;
  session.patchModule((text) => insertComponent(text, kind, spec));
  if (session.failed) {
    return null;
  }
  const after = session.decodedModule().components;
  const index = after.findLastIndex((component, at) => component.kind === kind && isSameRow(before, after.toSpliced(at, 1)));
  carryShifted(session, before, after.toSpliced(index, 1));
  return after[index]?.node ?? null;
}

function isSameRow(first: readonly ModuleComponent[], second: readonly ModuleComponent[]): boolean {
  return (
    first.length === second.length &&
    first.every((component, at) => component.kind === second[at]?.kind && component.title === second[at].title)
  );
}
