/** A sandbox whose code is instrumented: it answers one call at a time and says what happened at which line. */
import type { CallReply, CallRequest, CodePlace } from '../../protocol/call.ts';
import { STALL_WORDS } from '../../protocol/stall-words.ts';
import { shownText } from '../../protocol/typed-value.ts';
import { mapPlace } from '../host/place-mapper.ts';
import type { CodeBundle, LoadReport, SandboxHost, SandboxOptions } from '../sandbox-api.ts';
import type { RawPlace } from '../worker/call-record.ts';
import type { RawMark, RawObservation } from '../worker/probe.ts';
import { instrument } from './instrument.ts';
import type { InstrumentedCode } from './instrument.ts';
import type { LogpointFault, LogpointSpec, Observation, ObservedFile, ObservedMark } from './observation.ts';

/** A code version: what it was compiled to, and the sources, in which logpoints are written. */
export interface ObservableCode {
  readonly bundle: CodeBundle;
  readonly sources: readonly (readonly [path: string, text: string])[];
}

export interface ObservedReply {
  readonly reply: CallReply;
  readonly observation: Observation;
}

export interface ObservingSandbox {
  /** Hash of the code that is observed. */
  readonly code: string;
  readonly report: LoadReport;
  readonly logpointFaults: readonly LogpointFault[];
  observe(request: CallRequest): Promise<ObservedReply>;
  close(): void;
}

export async function startObserving(
  host: SandboxHost,
  { bundle, sources }: ObservableCode,
  logpoints: readonly LogpointSpec[],
  options: SandboxOptions,
): Promise<ObservingSandbox> {
  const code = instrument(bundle, sources, logpoints);
  const sandbox = await host.start(code.bundle, { ...options, plain: bundle });
  return {
    code: bundle.hash,
    report: sandbox.report,
    logpointFaults: code.faults,
    async observe(request) {
      const [answer] = await sandbox.invoke([request]);
      if (answer === undefined) {
        throw new Error('a sandbox answers each call of a batch once');
      }
      const { observed, ...reply } = answer;
      const own = sandbox.report.functions.find(({ typename }) => typename === request.typename)?.path ?? null;
      const { marks, files } = observationOf(code, observed ?? { reached: [], marks: [] }, own);
      return { reply, observation: { marks: [...marks, ...errorMarks(reply)], files } };
    },
    close: () => sandbox.close(),
  };
}

/** @param own the file of the function that was called */
function observationOf(code: InstrumentedCode, { reached, marks }: RawObservation, own: string | null): Observation {
  const hit = new Set(reached);
  const files = code.files.flatMap(({ path, lines }): readonly ObservedFile[] => {
    const file: { readonly reached: number[]; readonly missed: number[] } = { reached: [], missed: [] };
    for (const [line, points] of lines) {
      file[points.some((point) => hit.has(point)) ? 'reached' : 'missed'].push(line);
    }
    return file.reached.length > 0 || path === own ? [{ path, ...file }] : [];
  });
  const placeOf = placeReader(code);
  return {
    files,
    marks: marks.flatMap((mark): readonly ObservedMark[] => {
      const place = placeOf(mark);
      return place === null ? [] : [{ type: mark.type, place, text: markText(mark), message: mark.message }];
    }),
  };
}

/** Many marks stand at few places, and looking one up reads the file's whole table. */
function placeReader({ bundle, points }: InstrumentedCode): (mark: RawMark) => CodePlace | null {
  const known = new Map<string, CodePlace | null>();
  const mapped = (place: RawPlace): CodePlace | null => {
    const key = `${place.file}:${place.line}:${place.column}`;
    const found = known.get(key);
    if (found !== undefined) {
      return found;
    }
    const inSource = mapPlace(bundle, place);
    known.set(key, inSource);
    return inSource;
  };
  return ({ point, place }) => {
    const at = point === null ? undefined : points[point];
    return at !== undefined && 'place' in at ? at.place : place === null ? null : mapped(place);
  };
}

const MAX_TEXT = 400;

function markText({ text, value }: RawMark): string {
  if (value === null) {
    return text;
  }
  const bytes = bytesOf(value.base64);
  const shown = bytes === null ? null : (shownText(value.typename, bytes) ?? `${bytes.length} bytes`);
  const whole = shown === null ? text : `${text}: ${shown}`;
  return whole.length > MAX_TEXT ? `${whole.slice(0, MAX_TEXT)}…` : whole;
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

function errorMarks({ outcome }: CallReply): readonly ObservedMark[] {
  if (outcome.type === 'timed-out' && outcome.stall !== undefined) {
    return [{ type: 'error', place: outcome.stall.place, text: STALL_WORDS[outcome.stall.type], message: 0 }];
  }
  if (outcome.type !== 'threw') {
    return [];
  }
  const { name, message, stack, messageIndex } = outcome.error;
  const [place] = stack;
  return place === undefined ? [] : [{ type: 'error', place, text: `${name}: ${message}`.slice(0, MAX_TEXT), message: messageIndex ?? 0 }];
}
