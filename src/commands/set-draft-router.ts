/** Changes a router that hangs on no ingress yet: its topic, its value type. */
import type { NodeId } from '../base/ids.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import { draftRouterOf } from '../model/graph-ids.ts';
import { STUDIO_JSON, textFile } from '../model/project.ts';
import { studioIndex } from '../model/studio-file-codec.ts';
import { checkTopic } from '../model/typename-rules.ts';
import { EditSession } from './edit-session.ts';

export interface SetDraftRouterArgs {
  readonly node: NodeId;
  readonly topic?: string;
  readonly valueType?: string;
}

export function setDraftRouter(context: CommandContext, { node, topic, valueType }: SetDraftRouterArgs): CommandResult {
  const session = new EditSession(context);
  const id = draftRouterOf(node);
  const index = studioIndex(textFile(context.project, STUDIO_JSON), 'drafts', (item) => item['id'] === id);
  if (index < 0) {
    session.refuse('no-such-item', 'This router is no longer a draft.', { node });
  }
  const fault = topic === undefined ? null : checkTopic(topic);
  if (fault !== null) {
    session.refuse('bad-name', fault, { node });
  }
  if (topic !== undefined) {
    session.setStudio(['drafts', index, 'topic'], topic);
  }
  if (valueType !== undefined) {
    session.setStudio(['drafts', index, 'valueType'], valueType);
  }
  return session.result();
}
