/** Servers of the user's that module.yaml names: they are used where they are. Where a container cannot reach one, that is told. */
import type { NodeId } from '../base/ids.ts';
import type { EndpointDefinition, ModuleComponent } from '../model/module.ts';
import { patternText } from '../model/remote-target.ts';
import type { StudioFile } from '../model/studio-file.ts';
import { endpointUrl } from './serving.ts';
import { shownUrl } from './shown-url.ts';

/** What a container calls the machine that it runs on; compose is told so, since Linux has the name only then. */
export const THIS_MACHINE = 'host.docker.internal';

export interface RemoteServer {
  readonly node: NodeId;
  readonly title: string;
  /** For files and messages: as module.yaml writes it, but for what authorizes the caller. */
  readonly url: string;
  /** Where containers on this machine reach the server that the Studio asks; null where that is the same. */
  readonly local: string | null;
  /** Whether module.yaml's own URL is, in a container, that container itself. */
  readonly isLoopback: boolean;
}

export function remoteServers(
  components: readonly ModuleComponent[],
  studio: StudioFile,
  isRemote: (endpoint: EndpointDefinition) => boolean,
): readonly RemoteServer[] {
  return components.flatMap(({ node, title, definition }) => {
    if (definition?.type !== 'endpoint' || !isRemote(definition)) {
      return [];
    }
    const own = definition.urlPathTemplate;
    const asked = studio.remotes.find(({ functions }) => functions === patternText(definition.pattern))?.url ?? own;
    const local = fromContainer(asked);
    return [
      {
        node,
        title,
        url: shownUrl(own),
        local: local === own ? null : local,
        isLoopback: isLoopback(own),
      },
    ];
  });
}

function isLoopback(url: string): boolean {
  const host = endpointUrl(url)?.host.toLowerCase() ?? '';
  return host === 'localhost' || host.startsWith('127.') || host === '[::1]';
}

function fromContainer(url: string): string {
  return isLoopback(url) ? url.replace(/^(https?:\/\/)(?:\[::1\]|[^/:?#]+)/i, `$1${THIS_MACHINE}`) : url;
}
