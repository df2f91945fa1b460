/** Replaces the spec of a component by YAML text, as written in the inspector of a custom component. */
import type { NodeId } from '../base/ids.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import { replaceSpecText } from '../module-yaml/patch/replace-spec-text.ts';
import { carryRenamed } from './carry-renamed.ts';
import { EditSession } from './edit-session.ts';
import { componentOf } from './module-items.ts';

export interface ReplaceSpecArgs {
  readonly node: NodeId;
  readonly yaml: string;
}

export function replaceSpec(context: CommandContext, { node, yaml }: ReplaceSpecArgs): CommandResult {
  const session = new EditSession(context);
  if (componentOf(context, node) === null) {
    session.refuse('no-such-item', 'This item is no longer in module.yaml.', { node });
  }
  session.patchModule((text) => replaceSpecText(text, node, yaml));
  carryRenamed(session, context, node);
  return session.result();
}
