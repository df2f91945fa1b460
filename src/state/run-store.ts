/**
 * The run as the page knows it. `useRun` holds the low-rate status (React may render it). The projection, which changes
 * many times a second, lives outside React: the canvas layer reads `latestProjection()` once a frame; panels that show
 * numbers of it use `useProjectionSample`, which re-renders at most four times a second.
 */
import { create } from 'zustand';
import { useEffect, useState } from 'react';
import type { NodeId } from '../base/ids.ts';
import type { RunProjection, RunStatus, WorkerError } from '../worker/contract.ts';
import { behindKeys } from './behind-keys.ts';

/** The items between which a message went. */
export interface MessageWay {
  readonly from: NodeId;
  readonly to: NodeId;
}

interface RunState {
  readonly status: RunStatus | null;
  /** Trace sequence number of the event shown in the message inspector. */
  readonly selectedEvent: number | null;
  /** Where that event's message went, once the inspector knows; the canvas marks it. */
  readonly selectedWay: MessageWay | null;
  /** Why the last act on the run was refused; null after one that was not. */
  readonly error: WorkerError | null;
  setStatus(status: RunStatus | null): void;
  setError(error: WorkerError | null): void;
  selectEvent(seq: number | null): void;
  showWay(way: MessageWay | null): void;
}

export const useRun = create<RunState>()((set) => ({
  status: null,
  selectedEvent: null,
  selectedWay: null,
  error: null,
  setStatus: (status) => set(status === null ? { status, selectedEvent: null, selectedWay: null } : { status }),
  setError: (error) => set({ error }),
  selectEvent: (selectedEvent) => set(selectedEvent === null ? { selectedEvent, selectedWay: null } : { selectedEvent }),
  showWay: (selectedWay) => set({ selectedWay }),
}));

let projection: RunProjection | null = null;
const listeners = new Set<(projection: RunProjection | null) => void>();

export function latestProjection(): RunProjection | null {
  return projection;
}

/** Called by the wiring for each `run-projection`, and with null when a run ends. */
export function publishProjection(next: RunProjection | null): void {
  projection = next;
  for (const listener of listeners) {
    listener(next);
  }
  sampleSoon();
}

export function onProjection(listener: (projection: RunProjection | null) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const SAMPLE_INTERVAL = 250;

const samplers = new Set<() => void>();
let sampling = false;

/** One timer for all that is sampled, so that it is rendered in one go; behind keys, so that typing does not wait for it. */
function sampleSoon(): void {
  if (!sampling && samplers.size > 0) {
    sampling = true;
    setTimeout(() => behindKeys(sampleAll), SAMPLE_INTERVAL);
  }
}

function sampleAll(): void {
  sampling = false;
  samplers.forEach((sample) => sample());
}

/** A value picked from the projection, refreshed at most four times a second, and re-rendered only when it differs. */
export function useProjectionSample<T>(pick: (projection: RunProjection | null) => T): T {
  const [value, setValue] = useState(() => pick(projection));
  useEffect(() => {
    const sample = () => setValue(pick(projection));
    samplers.add(sample);
    sample();
    return () => {
      samplers.delete(sample);
    };
  }, [pick]);
  return value;
}
