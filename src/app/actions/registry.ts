/** All actions, in the order of menus and help. A new one goes into its group's file. */
import type { Action } from './action.ts';
import { EDIT_ACTIONS } from './edit-actions.ts';
import { HELP_ACTIONS } from './help-actions.ts';
import { PROJECT_ACTIONS } from './project-actions.ts';
import { RUN_ACTIONS } from './run-actions.ts';
import { VIEW_ACTIONS } from './view-actions.ts';

export const ACTIONS: readonly Action[] = [
  ...PROJECT_ACTIONS,
  ...EDIT_ACTIONS,
  ...VIEW_ACTIONS,
  ...RUN_ACTIONS,

  ...HELP_ACTIONS,
];

const byId = new Map(ACTIONS.map((action) => [action.id, action]));

export function actionOf(id: string): Action {
  const action = byId.get(id);
  if (action === undefined) {
    throw new Error(`no action named ${id}`);
  }
  return action;
}
