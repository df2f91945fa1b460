import { CircleCheck, CircleX, Play } from 'lucide-react';
import { durationLabel } from '../../model/duration-label.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import { useShownFunction } from '../../state/shown-function.ts';
import { useEditorPosition } from '../../state/editor-position.ts';
import { useTrials } from '../../state/trials-store.ts';
import { useAllProblems } from '../../state/all-problems.ts';
import { useTypeCheck } from '../../state/type-check-store.ts';
import { useProjectionSample, useRun } from '../../state/run-store.ts';
import type { RunPhase, RunProjection, RunStatus } from '../../worker/contract.ts';
import { grouped, groupedUnits } from './numbers.ts';
import styles from './StatusBar.module.css';

export function StatusBar() {
  const status = useRun((state) => state.status);
  const code = useView((state) => state.view === 'code');
  return (
    <footer className={styles.bar}>
      {status === null ? <DesignFacts code={code} /> : <RunFacts status={status} code={code} />}
      {code ? <CodeFacts /> : null}
    </footer>
  );
}

function DesignFacts({ code }: { readonly code: boolean }) {
  const graph = useDocument((state) => state.graph);
  const current = useDocument((state) => state.moduleCurrent);
  const selection = useView((state) => state.selection.length);
  return (
    <>
      {code && current ? null : (
        <span className={styles.fact}>
          {current ? <CircleCheck aria-hidden="true" /> : <CircleX aria-hidden="true" className={styles.bad} />}
          {current
            ? `${counted(graph.nodes.length, 'item')}, ${counted(graph.edges.length, 'edge')}`
            : 'module.yaml cannot be read: the canvas shows the last good one'}
        </span>
      )}
      <TypeCheckFact />
      {code ? <LastInvocation /> : <span>StateFun 3.3</span>}
      {code ? null : <span>TypeScript SDK</span>}
      <span className={styles.grow} />
      {selection > 1 ? <span>{selection} selected</span> : null}
      {code ? null : <span>UTF-8</span>}
    </>
  );
}

/** Stands there once the code was checked: the checker comes with the editor. */
function TypeCheckFact() {
  const state = useTypeCheck((check) => check.state);
  const types = useTypeCheck((check) => check.problems);
  // As Problems has them: what the Studio says better itself is no error twice.
  const told = new Set(useAllProblems());
  const errors = types.filter((problem) => problem.severity === 'error' && told.has(problem)).length;
  switch (state.type) {
    case 'off':
      return null;
    case 'checking':
      return <span className={styles.fact}>Checking types…</span>;
    case 'failed':
      return (
        <span className={styles.fact}>
          <CircleX aria-hidden="true" className={styles.bad} />
          Types could not be checked: {state.message}
        </span>
      );
    case 'checked':
      return (
        <span className={styles.fact}>
          {errors === 0 ? <CircleCheck aria-hidden="true" /> : <CircleX aria-hidden="true" className={styles.bad} />}
          Types checked{errors === 0 ? '' : `, ${counted(errors, 'error')}`}
        </span>
      );
  }
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function RunFacts({ status, code }: { readonly status: RunStatus; readonly code: boolean }) {
  const messages = useProjectionSample(pickMessages);
  const steps = useProjectionSample(pickSteps);
  const { settings } = status;
  return (
    <>
      <span className={styles.fact}>
        <Play aria-hidden="true" />
        {phaseWords(status.phase, status)}
      </span>
      {status.recordOnly ? null : <span className={styles.number}>{groupedUnits(messages, 'message')}</span>}
      <span className={styles.number}>{groupedUnits(steps, 'step')}</span>
      <TypeCheckFact />
      {code ? <LastInvocation /> : null}
      <span className={styles.grow} />
      {code ? null : <RunSettings settings={settings} />}
    </>
  );
}

/** Whose values stand beside the lines. */
function LastInvocation() {
  const { picked } = useShownFunction();
  const last = useTrials((state) => (picked === null ? null : state.shown.get(picked)) ?? [...state.shown.values()].at(-1) ?? null);
  if (last === null) {
    return null;
  }
  const name = `${last.typename.slice(last.typename.lastIndexOf('/') + 1)} ${last.input.id}`;
  return (
    <span>
      Last invocation: {last.source === 'trial' ? `trial of ${name}` : `${name}, event ${grouped(last.seq ?? 0)}`}
      {last.difference === null ? '' : ', answered otherwise this time'}
    </span>
  );
}

function CodeFacts() {
  const position = useEditorPosition((state) => state.position);
  return position === null ? null : (
    <>
      <span className={styles.number}>
        Ln {position.line}, Col {position.column}
        {position.selected === 0 ? '' : ` (${position.selected} selected)`}
      </span>
      <span>Spaces: 2</span>
      <span>{languageOf(position.path)}</span>
    </>
  );
}

function RunSettings({ settings }: { readonly settings: RunStatus['settings'] }) {
  return (
    <>
      <span>
        {settings.checkpointIntervalMillis === null
          ? 'no checkpoints'
          : `checkpoint every ${durationLabel(settings.checkpointIntervalMillis)}`}
      </span>
      <span>parallelism {settings.parallelism}</span>
      <span>latency ≥ {settings.callLatency.minMillis} ms</span>
    </>
  );
}

function pickMessages(projection: RunProjection | null): number {
  return projection?.messages ?? 0;
}

/** What Step does one of; one gives several events in Messages. */
function pickSteps(projection: RunProjection | null): number {
  return projection?.events ?? 0;
}

function phaseWords(phase: RunPhase, status: RunStatus): string {
  const words: Record<RunPhase, string> = {
    starting: 'Starting',
    playing: `Running at ${status.speed === 'max' ? 'max' : `${status.speed}×`}, deterministic`,
    stopped: 'Paused',
    failed: 'Paused at a failure',
    idle: 'Idle: nothing more is due',
    ended: 'The job failed for good',
    'read-only': 'Not running here',
  };
  return words[phase];
}

const LANGUAGES: Readonly<Record<string, string>> = {
  ts: 'TypeScript',
  mts: 'TypeScript',
  js: 'JavaScript',
  mjs: 'JavaScript',
  cjs: 'JavaScript',
  json: 'JSON',
  yaml: 'YAML',
  yml: 'YAML',
  md: 'Markdown',
};

function languageOf(path: string): string {
  return LANGUAGES[path.slice(path.lastIndexOf('.') + 1)] ?? 'Plain text';
}
