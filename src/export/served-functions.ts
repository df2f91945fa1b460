/** Which functions the export's server answers for, and which are answered by servers of the user's. */
import type { FilePath, Typename } from '../base/ids.ts';
import type { CodeFacts } from '../model/code-facts.ts';
import { isLibrary, isScript, projectCode } from '../model/code-files.ts';
import type { EndpointDefinition, ModuleDefinition } from '../model/module.ts';
import type { Project } from '../model/project.ts';
import { endpointFor, patternText } from '../model/remote-target.ts';
import type { StudioFile } from '../model/studio-file.ts';

export interface ServedFunctions {
  /** Files that may define functions, in the order of their paths. */
  readonly code: ReadonlyMap<FilePath, string>;
  /** Endpoints of the export's own server. */
  readonly endpoints: readonly EndpointDefinition[];
  readonly isRemote: (endpoint: EndpointDefinition) => boolean;
  /** Whether there is anything to serve: without code, or with every endpoint elsewhere, an export has no server. */
  readonly serves: boolean;
}

export function servedFunctions(project: Project, module: ModuleDefinition, studio: StudioFile): ServedFunctions {
  const code = new Map([...projectCode(project.files).functions].filter(([path, text]) => isScript(path) && !isLibrary(path, text)));
  const isRemote = ({ pattern }: EndpointDefinition): boolean =>
    code.size === 0 || studio.remotes.some(({ functions }) => functions === patternText(pattern));
  const endpoints = module.endpoints.filter((endpoint) => !isRemote(endpoint));
  return { code, endpoints, isRemote, serves: code.size > 0 && (module.endpoints.length === 0 || endpoints.length > 0) };
}

/** Functions that module.yaml leads to the export's server, and whose code reading found nowhere; `url`: who answers for them in the Studio. */
export function unservedFunctions(
  module: ModuleDefinition,
  facts: CodeFacts,
  studio: StudioFile,
  { endpoints, serves }: ServedFunctions,
): readonly { readonly typename: Typename; readonly url: string | null }[] {
  const routed = module.ingresses.flatMap(({ routes }) => routes.flatMap(({ targets }) => targets));
  const sent = facts.functions.flatMap(({ sends }) => sends.flatMap(({ target, to }) => (target === 'function' ? [to] : [])));
  const known = new Set(facts.functions.map(({ typename }) => typename));
  return [...new Set([...routed, ...sent])].sort().flatMap((typename) => {
    const endpoint = serves && !known.has(typename) ? endpointFor(module, typename) : null;
    const remote = studio.remotes.find(({ functions }) => functions === typename);
    return endpoint === null || !endpoints.includes(endpoint)
      ? []
      : [{ typename, url: remote === undefined ? null : (remote.url ?? endpoint.urlPathTemplate) }];
  });
}
