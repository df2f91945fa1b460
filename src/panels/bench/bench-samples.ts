/** A value of a type to begin with: the first record that a feed would send, a message of the run, or what the type in the code says. */
import type { Typename } from '../../base/ids.ts';
import { emptyValue, enteredFrom } from '../../protocol/entered-value.ts';
import type { EnteredValue } from '../../protocol/entered-value.ts';
import { workerClient } from '../../state/client.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useRun } from '../../state/run-store.ts';
import { isOfBytes, typeSample } from '../../state/type-sample.ts';
import { draftOfFeed } from '../run/record-draft.ts';
import { topicOf } from './bench-choices.ts';

export interface Sample {
  readonly value: EnteredValue;
  /** The address id that it came for, if that is known. */
  readonly id: string | null;
}

/** What a feed of the project would send: known at once. */
export function feedSample(type: Typename, valueType: string): Sample {
  const { graph, studio, project } = useDocument.getState();
  const topic = topicOf(type, valueType, graph);
  const files = Object.fromEntries([...project.files].flatMap(([path, content]) => (typeof content === 'string' ? [[path, content]] : [])));
  const record = topic === null ? null : draftOfFeed(studio.feeds, topic, files, studio.settings);
  if (record === null || record.tombstone) {
    return { value: startValue(valueType), id: null };
  }
  const empty = emptyValue(valueType);
  return {
    value: { ...empty, form: empty.form === 'json' && !looksLikeJson(record.value) ? 'text' : empty.form, text: record.value },
    id: record.key,
  };
}

/** What its type in the code says of a value, where nothing better is known. */
export function startValue(valueType: string): EnteredValue {
  const empty = emptyValue(valueType);
  const { project } = useDocument.getState();
  const text = empty.form === 'json' ? typeSample(project, valueType) : null;
  if (text !== null) {
    return { ...empty, text };
  }
  return empty.form === 'json' && isOfBytes(project, valueType) ? { ...empty, form: 'base64', text: '' } : empty;
}

function looksLikeJson(text: string): boolean {
  return /^\s*[[{"\d-]|^\s*(?:true|false|null)\s*$/.test(text);
}

/** The newest message of the type that the run sent to the function; null without one. Values that the trace cut are none. */
export async function recordedSample(type: Typename, valueType: string): Promise<Sample | null> {
  if (useRun.getState().status === null) {
    return null;
  }
  const filter = { types: ['message-sent'] as const, name: type, id: null, text: `"${valueType}"` };
  const total = await workerClient().ask('read-trace', { filter, from: 0, count: 1 });
  const newest = total.ok ? await workerClient().ask('read-trace', { filter, from: Math.max(0, total.value.total - 8), count: 8 }) : total;
  if (!newest.ok) {
    return null;
  }
  for (const row of newest.value.rows.toReversed()) {
    const answer = await workerClient().ask('read-message', { seq: row.seq });
    if (answer.ok && answer.value.to?.typename === type && answer.value.value?.typename === valueType) {
      const { typename, bytes } = answer.value.value;
      return { value: withoutRecord(enteredFrom({ typename, bytes })), id: answer.value.to.id };
    }
  }
  return null;
}

/** A sample is a beginning, not a recording. */
function withoutRecord({ typename, form, text }: EnteredValue): EnteredValue {
  return { typename, form, text };
}
