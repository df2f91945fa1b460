/** Removes an item from a list in a component's spec. */
import type { NodeId } from '../base/ids.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import { removeSpecItem as patchOut } from '../module-yaml/patch/remove-spec-item.ts';
import { EditSession } from './edit-session.ts';
import { specPlace, type SpecPath } from './module-items.ts';

export interface RemoveSpecItemArgs {
  readonly node: NodeId;
  /** Path of the item: the list's, then its index. */
  readonly path: SpecPath;
}

export function removeSpecItem(context: CommandContext, { node, path }: RemoveSpecItemArgs): CommandResult {
  const session = new EditSession(context);
  const place = specPlace(context, node, path);
  if (place === null) {
    session.refuse('no-such-item', 'This item is no longer in module.yaml.', { node });
  } else {
    session.patchModule((text) => patchOut(text, place.component.node, place.path));
  }
  return session.result();
}
