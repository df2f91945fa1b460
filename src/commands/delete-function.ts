/** Deletes a function: its file when it is alone there, its draft and stand-in, and every route to it. */
import { importsFile } from '../analysis/code-places.ts';
import type { NodeId } from '../base/ids.ts';
import type { CommandContext } from '../model/command.ts';
import type { FunctionNode } from '../model/graph.ts';
import { functionNode, ingressNode } from '../model/graph-ids.ts';
import { isScript, projectCode } from '../model/code-files.ts';
import { removeDraft } from './convert-draft.ts';
import { removeTarget } from './delete-edge.ts';
import type { EditSession } from './edit-session.ts';
import { writeStandIn } from './set-stand-in.ts';

/** `doomed`: all nodes that the same command deletes. */
export function deleteFunction(session: EditSession, context: CommandContext, node: FunctionNode, doomed: ReadonlySet<NodeId>): void {
  const { typename } = node;
  deleteCode(session, context, node, doomed);
  for (const router of context.graph.nodes) {
    if (
      router.type === 'router' &&
      router.targets.includes(typename) &&
      !(router.ingress !== null && doomed.has(ingressNode(router.ingress)))
    ) {
      removeTarget(session, router.id, typename);
    }
  }
  removeDraft(session, (item) => item['type'] === 'function' && item['typename'] === typename);
  writeStandIn(session, typename, null);
  for (const standIn of context.studio.standIns) {
    const { forwardTo } = standIn;
    if (forwardTo?.type === 'function' && forwardTo.typename === typename && !doomed.has(functionNode(standIn.typename))) {
      writeStandIn(session, standIn.typename, { forwardTo: null });
    }
  }
}

function deleteCode(session: EditSession, context: CommandContext, node: FunctionNode, doomed: ReadonlySet<NodeId>): void {
  const { code, typename } = node;
  if (code === null || !session.project.files.has(code.path)) {
    return;
  }
  const { functions } = context.facts;
  const staying = functions.filter((fact) => fact.path === code.path && !doomed.has(functionNode(fact.typename)));
  if (staying.length > 0) {
    const names = staying.map((fact) => fact.typename).join(', ');
    session.refuse('shared-file', `${code.path} holds ${names} too: delete the code of ${typename} there.`, {
      path: code.path,
      range: code.range,
      node: node.id,
    });
    return;
  }
  for (const [path, content] of projectCode(session.project.files).functions) {
    const isGoing = functions.some((fact) => fact.path === path && doomed.has(functionNode(fact.typename)));
    if (path !== code.path && isScript(path) && !isGoing && importsFile(path, content, code.path)) {
      session.refuse('imported-file', `${path} imports from ${code.path}: take that import away first.`, { path, node: node.id });
      return;
    }
  }
  session.edit([{ type: 'delete', path: code.path }]);
}
