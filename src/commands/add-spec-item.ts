/** Adds an item to a list in a component's spec, such as a property or a topic; makes the list where it is missing. */
import type { NodeId } from '../base/ids.ts';
import type { JsonValue } from '../base/json.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import { EditSession } from './edit-session.ts';
import { addToSpecList, specPlace, type SpecPath } from './module-items.ts';

export interface AddSpecItemArgs {
  readonly node: NodeId;
  /** Path of the list. */
  readonly path: SpecPath;
  /** Where it goes; at the end when null. */
  readonly index?: number | null;
  readonly value: JsonValue;
}

export function addSpecItem(context: CommandContext, { node, path, index = null, value }: AddSpecItemArgs): CommandResult {
  const session = new EditSession(context);
  const place = specPlace(context, node, path);
  if (place === null) {
    session.refuse('no-such-item', 'This item is no longer in module.yaml.', { node });
  } else {
    addToSpecList(session, place.component, place.path, value, index);
  }
  return session.result();
}
