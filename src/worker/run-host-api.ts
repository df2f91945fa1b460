/** What a run's host is given, and whom it tells. */
import type { RunId, VirtualTime } from '../base/ids.ts';
import type { SimulationSettings } from '../model/simulation-settings.ts';
import type { Engine, EngineInput } from '../runtime/engine-api.ts';
import type { CodeProblem, Sandbox } from '../sandbox/sandbox-api.ts';
import type { RunProjection, RunStatus, Speed } from './contract.ts';
import type { RunRecorder } from './run-recorder.ts';
import type { RemoteCaller } from './remote/remote-caller.ts';

export interface RealTime {
  now(): number;
  sleep(ms: number, wake: Promise<void>): Promise<void>;
  /** Lets messages in. */
  breathe(): Promise<void>;
}

export interface RunListener {
  onStatus(status: RunStatus): void;
  onProjection(projection: RunProjection): void;
  /** Storage refused: the run has stopped, nothing more is shown. */
  onStorageFailure(error: unknown): void;
  /** Resolves when it is on disk, or storage refused. */
  onControl(control: { readonly playing: boolean; readonly speed: Speed }): Promise<void>;
}

export interface RunSetup {
  readonly run: RunId;
  readonly settings: SimulationSettings;
  readonly engine: Engine;
  readonly recorder: RunRecorder;
  readonly sandbox: Sandbox;
  /** Who answers for functions outside the Studio, or null. */
  readonly remote: RemoteCaller | null;
  readonly codeProblems: readonly CodeProblem[];
  readonly speed: Speed;
  /** Something the user should know of this run from its start, or null. */
  readonly notice: string | null;
  readonly time: RealTime;
  readonly listener: RunListener;
}

/** What the user may feed in; where it falls in virtual time is decided when it is taken. */
export type UserInput =
  Exclude<EngineInput, { type: 'reply' }> extends infer Input ? (Input extends { at: VirtualTime } ? Omit<Input, 'at'> : Input) : never;
