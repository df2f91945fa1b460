import { CircleCheck, CircleX, Play } from 'lucide-react';
import { durationLabel } from '../../model/duration-label.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import { useProjectionSample, useRun } from '../../state/run-store.ts';
import type { RunPhase, RunProjection, RunStatus } from '../../worker/contract.ts';
import { groupedUnits } from './numbers.ts';
import styles from './StatusBar.module.css';

export function StatusBar() {
  const status = useRun((state) => state.status);
  return <footer className={styles.bar}>{status === null ? <DesignFacts /> : <RunFacts status={status} />}</footer>;
}

function DesignFacts() {
  const graph = useDocument((state) => state.graph);
  const current = useDocument((state) => state.moduleCurrent);
  const selection = useView((state) => state.selection.length);
  const file = useView((state) => (state.view === 'code' ? state.file : null));
  return (
    <>
      <span className={styles.fact}>
        {current ? <CircleCheck aria-hidden="true" /> : <CircleX aria-hidden="true" className={styles.bad} />}
        {current
          ? `${counted(graph.nodes.length, 'item')}, ${counted(graph.edges.length, 'edge')}`
          : 'module.yaml cannot be read: the canvas shows the last good one'}
      </span>
      <span>StateFun 3.3</span>
      <span>TypeScript SDK</span>
      <span className={styles.grow} />
      {selection > 1 ? <span>{selection} selected</span> : null}
      {file === null ? null : <span>{file}</span>}
      <span>UTF-8</span>
    </>
  );
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function RunFacts({ status }: { readonly status: RunStatus }) {
  const messages = useProjectionSample(pickMessages);
  const events = useProjectionSample(pickEvents);
  const { settings } = status;
  return (
    <>
      <span className={styles.fact}>
        <Play aria-hidden="true" />
        {phaseWords(status.phase, status)}
      </span>
      {status.recordOnly ? null : <span className={styles.number}>{groupedUnits(messages, 'message')}</span>}
      <span className={styles.number}>{groupedUnits(events, 'event')}</span>
      <span className={styles.grow} />
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

function pickEvents(projection: RunProjection | null): number {
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
