/** What the lines mean; in a run, what the numbers mean. */
import { Activity, Database, Inbox } from 'lucide-react';
import type { DrawnEdge } from './edge-routing/graph-routes.ts';
import styles from './Legend.module.css';

export function Legend({ running, edges }: { readonly running: boolean; readonly edges: readonly DrawnEdge[] }) {
  return (
    <div className={styles.legend} aria-label="Legend" role="group">
      {running ? <RunLegend /> : <DesignLegend />}
      {edges.some((edge) => edge.origin === 'observed') ? <Line kind="observed">Seen in the run only</Line> : null}
    </div>
  );
}

function DesignLegend() {
  return (
    <>
      <Line kind="routed">Routed by module.yaml</Line>
      <Line kind="send">May send, from code</Line>
      <Line kind="delayed">Delayed or external</Line>
    </>
  );
}

function RunLegend() {
  return (
    <>
      <span>
        <Activity aria-hidden="true" />
        In flight
      </span>
      <span>
        <Inbox aria-hidden="true" />
        Queued
      </span>
      <span>
        <Database aria-hidden="true" />
        Instances
      </span>
      <span>
        <svg width="8" height="8" className={styles.dot} aria-hidden="true">
          <circle cx="4" cy="4" r="4" />
        </svg>
        Message
      </span>
      <Line kind="held">Held by back-pressure</Line>
    </>
  );
}

function Line({ kind, children }: { readonly kind: 'routed' | 'send' | 'delayed' | 'observed' | 'held'; readonly children: string }) {
  return (
    <span>
      <svg width="24" height="8" aria-hidden="true">
        <path className={styles[kind]} d="M0 4h23" />
      </svg>
      {children}
    </span>
  );
}
