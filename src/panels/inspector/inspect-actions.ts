/** What the inspector's fields do: one command each; what a command refuses is kept for the panel to show. */
import { create } from 'zustand';
import type { NodeId } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import { addSpecItem } from '../../commands/add-spec-item.ts';
import { removeSpecItem } from '../../commands/remove-spec-item.ts';
import { setSpecField } from '../../commands/set-spec-field.ts';
import type { CommandContext, CommandResult } from '../../model/command.ts';
import type { Problem } from '../../model/problem.ts';
import { runCommand } from '../../state/document-controller.ts';
import type { SpecPath } from './spec-value.ts';

export const useRefusals = create<{ readonly problems: readonly Problem[]; set(problems: readonly Problem[]): void }>()((set) => ({
  problems: [],
  set: (problems) => set({ problems }),
}));

export function perform(label: string, command: (context: CommandContext) => CommandResult): boolean {
  const problems = runCommand(label, command);
  useRefusals.getState().set(problems);
  return problems.length === 0;
}

export function setField(node: NodeId, path: SpecPath, value: JsonValue | undefined): void {
  perform(`Change ${path.join('.')}`, (context) => setSpecField(context, { node, path, value }));
}

export function addItem(node: NodeId, path: SpecPath, value: JsonValue): void {
  perform(`Add to ${path.join('.')}`, (context) => addSpecItem(context, { node, path, value }));
}

export function removeItem(node: NodeId, path: SpecPath): void {
  perform(`Remove from ${path.slice(0, -1).join('.')}`, (context) => removeSpecItem(context, { node, path }));
}
