/** Sets or removes (undefined) one field of a component's spec. A router's fields are those of its topic entry. */
import type { NodeId } from '../base/ids.ts';
import type { JsonValue } from '../base/json.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import { setSpecValue } from '../module-yaml/patch/set-spec-value.ts';
import { EditSession } from './edit-session.ts';
import { carryRenamed } from './carry-renamed.ts';
import { specPlace, type SpecPath } from './module-items.ts';

export interface SetSpecFieldArgs {
  readonly node: NodeId;
  readonly path: SpecPath;
  readonly value: JsonValue | undefined;
}

export function setSpecField(context: CommandContext, { node, path, value }: SetSpecFieldArgs): CommandResult {
  const session = new EditSession(context);
  const place = specPlace(context, node, path);
  if (place === null) {
    session.refuse('no-such-item', 'This item is no longer in module.yaml.', { node });
    return session.result();
  }
  session.patchModule((text) => setSpecValue(text, place.component.node, place.path, value));
  carryRenamed(session, context, place.component.node);
  return session.result();
}
