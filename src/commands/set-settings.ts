/** Changes settings of the simulation; what equals its default is written too, so that a run stays what it was. */
import type { JsonValue } from '../base/json.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import type { SimulationSettings } from '../model/simulation-settings.ts';
import { EditSession } from './edit-session.ts';

export interface SetSettingsArgs {
  readonly change: Partial<SimulationSettings>;
}

export function setSettings(context: CommandContext, { change }: SetSettingsArgs): CommandResult {
  const session = new EditSession(context);
  for (const [key, value] of Object.entries(change)) {
    session.setStudio(['settings', key], value satisfies JsonValue);
  }
  return session.result();
}
