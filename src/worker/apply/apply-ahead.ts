/**
 * Decides when the next code is made ready: while a run goes on here and code is being edited, whenever nothing has been typed for
 * a moment. What is applied is decided by `applyCode` alone, from the files of that moment; nothing here touches the run.
 */
import type { Project } from '../../model/project.ts';
import type { Sandbox } from '../../sandbox/sandbox-api.ts';
import type { CompileCache } from '../../sandbox/compile/compile-bundle.ts';
import type { OpenRun } from '../open-run.ts';
import type { RealTime } from '../run-host-api.ts';
import { isFatal } from '../fatal-problem.ts';
import { compileProject } from '../run-setup.ts';
import type { CompiledProject } from '../run-setup.ts';
import type { NextCode } from './next-code.ts';

/** As the bench waits: a start costs what a keystroke may need. Real ms. */
const QUIET = 300;

export interface ApplyAheadDeps {
  readonly next: NextCode;
  readonly time: Pick<RealTime, 'sleep'>;
  readonly compiled: CompileCache;
  readonly session: () => { readonly project: Project; readonly run: OpenRun | null } | null;
}

export class ApplyAhead {
  readonly #deps: ApplyAheadDeps;
  #wanted = false;
  /** Counts what would make another sandbox the right one. */
  #changes = 0;

  constructor(deps: ApplyAheadDeps) {
    this.#deps = deps;
  }

  /** @param wanted whether code is in view and a run is there; resolves when what that takes is ready */
  async want(wanted: boolean): Promise<void> {
    this.#wanted = wanted;
    this.#changes += 1;
    if (wanted) {
      await this.#prepare(this.#changes);
    } else {
      this.#deps.next.close();
    }
  }

  projectChanged(): void {
    this.#changes += 1;
    if (this.#wanted) {
      this.#prepareLater(this.#changes).catch(() => undefined);
    }
  }

  /** The run is another one or none. */
  runChanged(): void {
    this.#changes += 1;
    this.#deps.next.close();
  }

  take(run: OpenRun, { bundle }: CompiledProject): Promise<Sandbox> {
    this.#changes += 1;
    return this.#deps.next.take(bundle, optionsOf(run));
  }

  /** A sandbox whose code waits for the user's word. */
  hold(run: OpenRun, sandbox: Sandbox): void {
    if (this.#wanted) {
      this.#deps.next.giveBack(sandbox, optionsOf(run));
    } else {
      sandbox.close();
    }
  }

  async #prepareLater(mine: number): Promise<void> {
    await this.#deps.time.sleep(QUIET, new Promise(() => undefined));
    if (mine === this.#changes) {
      await this.#prepare(mine);
    }
  }

  async #prepare(mine: number): Promise<void> {
    const { next, session, compiled: cache } = this.#deps;
    const open = session();
    const run = open?.run ?? null;
    if (open === null || run === null || run.host === null || run.status().phase === 'read-only') {
      next.close();
      return;
    }
    const { bundle, problems } = await compileProject(open.project, cache);
    if (mine !== this.#changes) {
      return;
    }
    if (problems.some(isFatal) || bundle.hash === run.status().code) {
      next.close();
    } else {
      await next.prepare(bundle, optionsOf(run));
    }
  }
}

function optionsOf({ record }: OpenRun): { readonly invocationLimitMillis: number } {
  return { invocationLimitMillis: record.config.settings.invocationLimitMillis };
}
