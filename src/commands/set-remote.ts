/** Has the functions of an endpoint, or one function, answered by a server outside the Studio, or in the Studio again. */
import type { CommandContext, CommandResult } from '../model/command.ts';
import { STUDIO_JSON, textFile } from '../model/project.ts';
import { remoteUrlProblem } from '../model/remote-target.ts';
import { studioIndex } from '../model/studio-file-codec.ts';
import { REMOTE_TIMEOUT_MILLIS } from '../model/studio-file.ts';
import { EditSession } from './edit-session.ts';

export interface SetRemoteArgs {
  /** The pattern of an endpoint, or the typename of a function. */
  readonly functions: string;
  /** Null: in the Studio. Parts that are left out stay as they are; a `url` of null is the endpoint's own. */
  readonly remote: { readonly url?: string | null; readonly timeoutMillis?: number } | null;
}

export function setRemote(context: CommandContext, { functions, remote }: SetRemoteArgs): CommandResult {
  const session = new EditSession(context);
  const problem = typeof remote?.url === 'string' ? remoteUrlProblem(remote.url) : null;
  if (problem !== null) {
    session.refuse('bad-remote-url', `${functions}: ${problem}.`);
    return session.result();
  }
  const index = studioIndex(textFile(session.project, STUDIO_JSON), 'remotes', (item) => item['functions'] === functions);
  if (remote === null) {
    if (index >= 0) {
      session.setStudio(['remotes', index], undefined);
    }
  } else if (index < 0) {
    const { url = null, timeoutMillis = REMOTE_TIMEOUT_MILLIS } = remote;
    session.addToStudioList('remotes', { functions, url, timeoutMillis });
  } else {
    for (const [key, value] of Object.entries(remote)) {
      session.setStudio(['remotes', index, key], value);
    }
  }
  return session.result();
}
