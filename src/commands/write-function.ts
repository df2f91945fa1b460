/** Code for a function that has none: a new file with a skeleton that knows the types of what is routed and sent to it. */
import type { Typename } from '../base/ids.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import { functionNode } from '../model/graph-ids.ts';
import { textFile, STUDIO_JSON } from '../model/project.ts';
import { studioIndex } from '../model/studio-file-codec.ts';
import { arrivingTypes } from './arriving-types.ts';
import { EditSession } from './edit-session.ts';
import { freeFunctionPath } from './free-names.ts';
import { functionSkeleton } from './function-skeleton.ts';

export interface WriteFunctionArgs {
  readonly typename: Typename;
}

/** Its draft and its stand-in, which code makes idle, go with the same step. */
export function writeFunction(context: CommandContext, { typename }: WriteFunctionArgs): CommandResult {
  const session = new EditSession(context);
  const known = context.facts.functions.find((fact) => fact.typename === typename);
  if (known !== undefined) {
    session.refuse('has-code', `${typename} has code already, in ${known.path}.`, {
      path: known.path,
      range: known.range,
      node: functionNode(typename),
    });
    return session.result();
  }
  createFunctionFile(session, context, typename);
  for (const list of ['drafts', 'standIns']) {
    const isIt = (item: { readonly [key: string]: unknown }) => item['typename'] === typename && item['type'] !== 'router';
    const index = studioIndex(textFile(session.project, STUDIO_JSON), list, isIt);
    if (index >= 0) {
      session.setStudio([list, index], undefined);
    }
  }
  return session.result();
}

export function createFunctionFile(session: EditSession, context: CommandContext, typename: Typename): void {
  const path = freeFunctionPath(session.project, typename);
  session.edit([{ type: 'create', path, content: functionSkeleton(typename, arrivingTypes(context, typename, path)) }]);
}
