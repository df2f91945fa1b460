/** What a function without code does in a run: records what arrives, and forwards it where `forwardTo` says. */
import type { Typename } from '../base/ids.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import { STUDIO_JSON, textFile } from '../model/project.ts';
import { studioIndex } from '../model/studio-file-codec.ts';
import type { StandIn } from '../model/studio-file.ts';
import { EditSession } from './edit-session.ts';

export interface SetStandInArgs {
  readonly typename: Typename;
  /** Null takes the stand-in away. */
  readonly standIn: { readonly forwardTo: StandIn['forwardTo'] } | null;
}

export function setStandIn(context: CommandContext, { typename, standIn }: SetStandInArgs): CommandResult {
  const session = new EditSession(context);
  writeStandIn(session, typename, standIn);
  return session.result();
}

export function writeStandIn(session: EditSession, typename: Typename, standIn: SetStandInArgs['standIn']): void {
  const index = studioIndex(textFile(session.project, STUDIO_JSON), 'standIns', (item) => item['typename'] === typename);
  if (index >= 0 && standIn === null) {
    session.setStudio(['standIns', index], undefined);
  } else if (index >= 0) {
    session.setStudio(['standIns', index, 'forwardTo'], standIn?.forwardTo ?? null);
  } else if (standIn !== null) {
    session.addToStudioList('standIns', { typename, forwardTo: standIn.forwardTo });
  }
}
