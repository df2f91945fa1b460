/** Drafts of the bench as they are kept between two visits of the page: what was written, not what came of it. */
import { fromBase64, toBase64 } from '../../base/base64.ts';
import { typename } from '../../base/ids.ts';
import { rememberedJson } from '../../base/json.ts';
import { VALUE_FORMS } from '../../protocol/entered-value.ts';
import type { EnteredValue } from '../../protocol/entered-value.ts';
import { newMessage } from './bench-draft.ts';
import type { BenchDraft, DraftCaller, DraftState } from './bench-draft.ts';

/** Characters. The browser holds about five million for all projects together. */
const KEPT_AT_MOST = 200_000;

interface StoredValue {
  readonly typename: string;
  readonly form: string;
  readonly text: string;
  /** Base64 of the very bytes that the text was made from. */
  readonly bytes?: string;
}

interface StoredDraft {
  readonly typename: string;
  readonly id: string;
  readonly at: number;
  readonly seed: number;
  readonly messages: readonly { readonly caller: DraftCaller; readonly value: StoredValue }[];
  readonly states: readonly { readonly name: string; readonly present: boolean; readonly value: StoredValue }[];
}

/** The text to keep; null for nothing. Where all is too long, those that come first stay. */
export function storedDrafts(drafts: readonly BenchDraft[]): string | null {
  const kept: string[] = [];
  let length = 0;
  for (const draft of drafts) {
    const text = JSON.stringify(stored(draft));
    if (length + text.length <= KEPT_AT_MOST) {
      kept.push(text);
      length += text.length;
    }
  }
  return kept.length === 0 ? null : `[${kept.join(',')}]`;
}

function stored({ typename: type, id, at, seed, messages, states }: BenchDraft): StoredDraft {
  return {
    typename: type,
    id,
    at,
    seed,
    messages: messages.map(({ caller, value }) => ({ caller, value: storedValue(value) })),
    states: states.map(({ name, present, value }) => ({ name, present, value: storedValue(value) })),
  };
}

function storedValue({ typename: type, form, text, recorded }: EnteredValue): StoredValue {
  return { typename: type, form, text, ...(recorded?.text === text ? { bytes: toBase64(recorded.bytes) } : {}) };
}

/** What is no draft of the bench is left out. The run that a draft came from may be another one by now: it is a draft of its own. */
export function readDrafts(text: string | null): readonly BenchDraft[] {
  const kept = rememberedJson(text);
  return Array.isArray(kept) ? kept.flatMap((entry: unknown) => (isDraft(entry) ? [draftOf(entry)] : [])) : [];
}

function draftOf({ typename: type, id, at, seed, messages, states }: StoredDraft): BenchDraft {
  return {
    typename: typename(type),
    id,
    at,
    seed,
    messages: messages.map(({ caller, value }) => newMessage(enteredValue(value), caller)),
    states: states.map(({ name, present, value }): DraftState => ({ name, present, value: enteredValue(value) })),
    seq: null,
    statesOf: null,
  };
}

function enteredValue({ typename: type, form, text, bytes }: StoredValue): EnteredValue {
  const known = VALUE_FORMS.find((one) => one === form) ?? 'text';
  const recorded = bytes === undefined ? null : fromBase64(bytes);
  return { typename: type, form: known, text, ...(recorded === null ? {} : { recorded: { text, bytes: recorded } }) };
}

function isDraft(entry: unknown): entry is StoredDraft {
  return (
    isRecord(entry) &&
    isText(entry['typename']) &&
    isText(entry['id']) &&
    typeof entry['at'] === 'number' &&
    typeof entry['seed'] === 'number' &&
    Array.isArray(entry['messages']) &&
    entry['messages'].length > 0 &&
    entry['messages'].every((message: unknown) => isRecord(message) && isCaller(message['caller']) && isValue(message['value'])) &&
    Array.isArray(entry['states']) &&
    entry['states'].every(
      (state: unknown) => isRecord(state) && isText(state['name']) && typeof state['present'] === 'boolean' && isValue(state['value']),
    )
  );
}

function isCaller(caller: unknown): boolean {
  return (
    isRecord(caller) &&
    (caller['type'] === 'ingress'
      ? caller['ingress'] === null || isText(caller['ingress'])
      : caller['type'] === 'function' && isText(caller['typename']) && isText(caller['id']))
  );
}

function isValue(value: unknown): boolean {
  return (
    isRecord(value) &&
    isText(value['typename']) &&
    isText(value['form']) &&
    isText(value['text']) &&
    (value['bytes'] === undefined || isText(value['bytes']))
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
