/** Projects as the command line runs them: on worker threads, with its own choice of functions that are answered outside. */
import { ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Project } from '../model/project.ts';
import { createNodeHost } from '../sandbox/host/node-host.ts';
import { openPlayProject } from '../worker/play/play-project.ts';
import type { PlayPlace, PlayProject } from '../worker/play/play-project.ts';
import type { StartProblem } from '../worker/play/start-problem.ts';
import { projectRemotes } from '../worker/remote/project-remotes.ts';
import type { RemoteChoice } from '../worker/run-setup.ts';
import { createNodeTransport } from './node-http.ts';
import { unservedRemote } from './remote-options.ts';

/** @param harness the sandbox's script, as `buildSandboxText` makes it */
export function nodePlace(harness: string): PlayPlace {
  return { sandboxes: createNodeHost(harness), transport: () => createNodeTransport(), nextTurn };
}

/**
 * Compiles the code and starts its sandbox.
 * @param remotes in place of what studio.json says
 */
export async function openProject(
  files: Project['files'],
  harness: string,
  remotes?: RemoteChoice,
): Promise<Result<PlayProject, readonly StartProblem[]>> {
  const settings = new Set(projectRemotes({ files }).map(({ functions }) => functions));
  // In studio.json it may be left over; on the command line it is a slip.
  const leftOver: StartProblem[] = [];
  const opened = await openPlayProject(files, nodePlace(harness), {
    remotes,
    admit({ module, remotes: chosen = [] }) {
      const unserved = chosen.flatMap((remote) => unservedRemote(module, remote));
      leftOver.push(...unserved.filter(({ functions }) => settings.has(functions)).map(({ problem }) => problem));
      return unserved.filter(({ functions }) => !settings.has(functions)).map(({ problem }) => problem);
    },
  });
  return opened.ok ? ok({ ...opened.value, warnings: [...leftOver, ...opened.value.warnings] }) : opened;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
