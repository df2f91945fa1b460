/** Which function servers a project means, which of them its user confirmed, and whether they can be reached from here. */
import type { ModuleDefinition } from '../../model/module.ts';
import type { Project } from '../../model/project.ts';
import { MODULE_YAML, STUDIO_JSON, textFile } from '../../model/project.ts';
import { urlOf } from '../../model/remote-target.ts';
import { decodeStudioFile } from '../../model/studio-file-codec.ts';
import type { RemoteEndpoint } from '../../model/studio-file.ts';
import { decodeModule } from '../../module-yaml/decode.ts';
import { moduleDefinition } from '../../module-yaml/definition.ts';
import type { RunConfig } from '../../runtime/engine-api.ts';
import type { RemoteStatus } from '../contract.ts';
import { RequestError } from '../worker-error.ts';
import { createRelayTransport, hasRelay, NO_RELAY } from './relay-transport.ts';
import type { RelayOptions } from './relay-transport.ts';
import { remoteCallerFor } from './remote-caller.ts';
import type { RemoteCaller } from './remote-caller.ts';

/** How a browser reaches function servers, for the open project. */
export type RemoteAccess = RelayOptions;

export function projectRemotes(project: Project): readonly RemoteEndpoint[] {
  return decodeStudioFile(textFile(project, STUDIO_JSON)).studio.remotes;
}

export function remoteStatus(project: Project, { isConfirmed }: Pick<RemoteAccess, 'isConfirmed'>): readonly RemoteStatus[] {
  const module = moduleDefinition(decodeModule(textFile(project, MODULE_YAML) ?? ''));
  return statusOf(module, projectRemotes(project), isConfirmed);
}

/** Throws a RequestError where calls of the run could not go out: no relay, or a URL that nobody confirmed. */
export async function requireRemotes(access: RemoteAccess, { module, remotes = [] }: Pick<RunConfig, 'module' | 'remotes'>): Promise<void> {
  const wanted = statusOf(module, remotes, access.isConfirmed);
  if (wanted.length === 0) {
    return;
  }
  if (!(await hasRelay(access))) {
    throw new RequestError('cannot-start', NO_RELAY);
  }
  const open = wanted.filter(({ confirmed }) => !confirmed);
  if (open.length > 0) {
    const urls = open.map(({ url }) => url).join(', ');
    throw new RequestError(
      'unconfirmed-remotes',
      `This project has functions answered at ${urls}, which was not confirmed on this machine yet.`,
    );
  }
}

export function remoteCaller(access: RemoteAccess, config: RunConfig): RemoteCaller | null {
  return remoteCallerFor(config, () => createRelayTransport(access));
}

function statusOf(
  module: ModuleDefinition,
  remotes: readonly RemoteEndpoint[],
  isConfirmed: RemoteAccess['isConfirmed'],
): readonly RemoteStatus[] {
  return remotes.flatMap((remote) => {
    const url = urlOf(module, remote);
    return url === null ? [] : [{ functions: remote.functions, url, confirmed: isConfirmed(url) }];
  });
}
