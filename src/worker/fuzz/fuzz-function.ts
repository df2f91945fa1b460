/** A fuzz request from code to report. One at a time: a newer one, or `cancel`, ends it with what it has found. */
import { virtualTime } from '../../base/ids.ts';
import type { Project } from '../../model/project.ts';
import { STUDIO_JSON, textFile } from '../../model/project.ts';
import { decodeStudioFile } from '../../model/studio-file-codec.ts';
import type { Sandbox, SandboxHost } from '../../sandbox/sandbox-api.ts';
import type { StudioDatabase } from '../../storage/database.ts';
import type { OpenRun } from '../open-run.ts';
import type { RealTime } from '../run-host-api.ts';
import { isFatal } from '../fatal-problem.ts';
import type { FuzzReport, FuzzRequest } from '../trial-contract.ts';
import type { CodeOfNow } from '../trial/current-code.ts';
import { RequestError } from '../worker-error.ts';
import { recordedRequests } from './fuzz-material.ts';
import { fuzzPlan, typesOf } from './fuzz-plan.ts';
import { runFuzz } from './fuzz-run.ts';

const MAX_SAMPLES = 5000;
/** Of a call, real ms: what takes longer is as good as endless. */
const LIMIT = 1000;

export interface Fuzzer {
  run(request: FuzzRequest, project: Project, run: OpenRun | null): Promise<FuzzReport>;
  cancel(): void;
}

export interface FuzzerDeps {
  readonly db: StudioDatabase;
  readonly sandboxes: SandboxHost;
  readonly time: RealTime;
  readonly code: CodeOfNow;
  readonly tell: (progress: { readonly done: number; readonly total: number; readonly findings: number }) => void;
}

export function createFuzzer({ db, sandboxes, time, code, tell }: FuzzerDeps): Fuzzer {
  let end: () => void = () => undefined;

  async function run(request: FuzzRequest, project: Project, openRun: OpenRun | null): Promise<FuzzReport> {
    const { typename, samples, seed } = request;
    if (!Number.isInteger(samples) || samples < 1 || samples > MAX_SAMPLES || !Number.isSafeInteger(seed)) {
      throw new RequestError('bad-request', `Try from 1 to ${MAX_SAMPLES} samples, with a whole number as seed.`);
    }
    end();
    let cancelled = false;
    const open: Sandbox[] = [];
    const close = (): void => open.splice(0).forEach((sandbox) => sandbox.close());
    end = () => {
      cancelled = true;
      close();
    };
    const begun = time.now();
    const { compiled, limitMillis } = await code.read(project);
    const options = { invocationLimitMillis: Math.min(limitMillis, LIMIT) };
    const started = await Promise.all([sandboxes.start(compiled.bundle, options), sandboxes.start(compiled.bundle, options)]);
    open.push(...started);
    try {
      const [forward, backward] = started;
      const bound = forward.report.functions.find((each) => each.typename === typename);
      if (bound === undefined) {
        const problems = [...compiled.problems, ...forward.report.problems].filter(isFatal);
        const message = `${typename} ${problems.length === 0 ? 'is not defined by any file of functions/.' : 'could not be loaded: mend the code first.'}`;
        return { samples: 0, cancelled, types: [], findings: [], realMillis: 0, notLoaded: { message, problems } };
      }
      const plan = fuzzPlan(project, bound, openRun === null ? [] : await recordedRequests(db, openRun, typename));
      const { settings } = decodeStudioFile(textFile(project, STUDIO_JSON)).studio;
      const outcome = await runFuzz({
        plan,
        samples,
        seed,
        at: virtualTime(settings.startAt),
        sandboxes: [forward, backward],
        cancelled: () => cancelled,
        onProgress: (done, findings) => tell({ done, total: 2 * samples, findings }),
      });
      return { ...outcome, cancelled, types: typesOf(plan), realMillis: time.now() - begun, notLoaded: null };
    } finally {
      close();
    }
  }

  return { run, cancel: () => end() };
}
