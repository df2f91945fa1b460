/** A new function: a file in functions/ with a skeleton. That no endpoint serves it is a problem, not an obstacle. */
import { typename } from '../base/ids.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import { functionNode } from '../model/graph-ids.ts';
import type { Position } from '../model/studio-file.ts';
import { checkTypename } from '../model/typename-rules.ts';
import { EditSession } from './edit-session.ts';
import { freeTypename } from './free-names.ts';
import { placeNode } from './positions.ts';
import { createFunctionFile } from './write-function.ts';

export interface AddFunctionArgs {
  /** A free one when absent. */
  readonly typename?: string;
  readonly at?: Position;
}

export function addFunction(context: CommandContext, args: AddFunctionArgs): CommandResult {
  const session = new EditSession(context);
  const type = typename(args.typename ?? freeTypename(context, 'function', 'function'));
  const fault = checkTypename(type);
  if (fault !== null) {
    session.refuse('bad-name', fault);
  } else if (context.graph.nodes.some((node) => node.id === functionNode(type))) {
    session.refuse('name-taken', `${type} is on the canvas already: choose another name.`, { node: functionNode(type) });
  } else {
    createFunctionFile(session, context, type);
    placeNode(session, functionNode(type), args.at);
  }
  return session.result();
}
