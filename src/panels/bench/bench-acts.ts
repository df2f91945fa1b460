/** What the bench does with the draft of a function: begin it, and change its type, its caller, its state. */
import type { Typename } from '../../base/ids.ts';
import type { CodeFacts, FunctionFact } from '../../model/code-facts.ts';
import { DEFAULT_SETTINGS } from '../../model/simulation-settings.ts';
import { emptyValue } from '../../protocol/entered-value.ts';
import { workerClient } from '../../state/client.ts';
import { useDocument } from '../../state/document-controller.ts';
import { latestProjection, useRun } from '../../state/run-store.ts';
import { callerChoices, callerOfChoice, likelyCaller, typeChoices } from './bench-choices.ts';
import { emptyDraft, newMessage, withDeclaredStates, withStatesOf } from './bench-draft.ts';
import type { BenchDraft, DraftMessage } from './bench-draft.ts';
import { feedSample, recordedSample, startValue } from './bench-samples.ts';
import { benchOf, setDraft } from './bench-session.ts';

function factOf(type: Typename, facts: CodeFacts = useDocument.getState().facts): FunctionFact | null {
  return facts.functions.find((fact) => fact.typename === type) ?? null;
}

/** Virtual time at which a made-up call happens: the run's now, or the start of a run. */
function nowOrStart(): number {
  const { studio } = useDocument.getState();
  return latestProjection()?.now ?? useRun.getState().status?.settings.startAt ?? studio.settings.startAt ?? DEFAULT_SETTINGS.startAt;
}

/** Where nothing says what a function takes. */
const UNKNOWN = 'io.statefun.types/string';

/** The draft that there is, with the states that the code declares now, or a new one with a likely message. */
export function beginDraft(type: Typename, facts: CodeFacts): BenchDraft {
  const fact = factOf(type, facts);
  const there = benchOf(type)?.draft;
  const { graph } = useDocument.getState();
  const [choice] = typeChoices(type, graph, facts, []);
  const valueType = choice?.typename ?? UNKNOWN;
  if (there !== undefined && !isBehind(there, valueType)) {
    const current = withDeclaredStates(there, fact);
    if (current !== there) {
      setDraft(current, 'begun');
    }
    return current;
  }
  const sample = feedSample(type, valueType);
  const empty = emptyDraft(type, fact, valueType, likelyCaller(type, valueType, graph, facts), nowOrStart());
  const draft = { ...empty, id: sample.id ?? empty.id, messages: empty.messages.map((message) => ({ ...message, value: sample.value })) };
  setDraft(draft, 'begun');
  void improve(draft, 0);
  return draft;
}

/** One that was begun before the code said what the function takes, and in which nothing was written since. */
function isBehind({ id, messages, states, seq }: BenchDraft, valueType: string): boolean {
  const [message, ...more] = messages;
  return (
    message !== undefined &&
    more.length === 0 &&
    seq === null &&
    id === 'id-1' &&
    states.every(({ present }) => !present) &&
    message.value.text === emptyValue(message.value.typename).text &&
    (message.value.typename === valueType ? message.value.text !== startValue(valueType).text : message.value.typename === UNKNOWN)
  );
}

/** Another type for one message: with a value to begin with, and whoever sends such messages as its caller. */
export function chooseType(draft: BenchDraft, index: number, valueType: string): void {
  const { graph, facts } = useDocument.getState();
  const known = typeChoices(draft.typename, graph, facts, []).some(
    (choice) => choice.typename === valueType && choice.source !== 'built-in',
  );
  const next = change(draft, index, (message) => ({
    ...message,
    value: feedSample(draft.typename, valueType).value,
    caller: known ? keepId(likelyCaller(draft.typename, valueType, graph, facts), message.caller) : message.caller,
  }));
  setDraft(next);
  void improve(next, index);
}

function keepId(caller: DraftMessage['caller'], before: DraftMessage['caller']): DraftMessage['caller'] {
  return caller.type === 'function' && before.type === 'function' ? { ...caller, id: before.id } : caller;
}

/** A made-up value gives way to one of the run, unless something was typed meanwhile. */
async function improve(draft: BenchDraft, index: number): Promise<void> {
  const message = draft.messages[index];
  if (message === undefined || message.value.text !== startValue(message.value.typename).text) {
    return;
  }
  const sample = await recordedSample(draft.typename, message.value.typename);
  const now = benchOf(draft.typename)?.draft;
  if (sample !== null && now !== undefined && now.messages[index] === message) {
    const next = change(now, index, (before) => ({ ...before, value: sample.value }));
    setDraft(now.id === 'id-1' && sample.id !== null ? { ...next, id: sample.id } : next, 'begun');
  }
}

export function changeMessage(draft: BenchDraft, index: number, part: Partial<DraftMessage>): void {
  setDraft(change(draft, index, (message) => ({ ...message, ...part })));
}

export function chooseCaller(draft: BenchDraft, index: number, choice: string): void {
  setDraft(change(draft, index, (message) => ({ ...message, caller: callerOfChoice(choice, message.caller) })));
}

export function addMessage(draft: BenchDraft): void {
  const last = draft.messages.at(-1);
  const { graph, facts } = useDocument.getState();
  const caller =
    last?.caller ?? callerOfChoice(callerChoices(draft.typename, graph, facts)[0]?.id ?? 'ingress:', { type: 'ingress', ingress: null });
  setDraft({ ...draft, messages: [...draft.messages, newMessage(last?.value ?? emptyValue('io.statefun.types/string'), caller)] });
}

export function removeMessage(draft: BenchDraft, index: number): void {
  setDraft({ ...draft, messages: draft.messages.filter((_, at) => at !== index) });
}

/** The states that the run has for the address now; says why it cannot. */
export async function takeRunState(draft: BenchDraft): Promise<string | null> {
  const answer = await workerClient().ask('read-addresses', { typename: draft.typename, search: draft.id, from: 0, count: 200 });
  if (!answer.ok) {
    return answer.error.message;
  }
  const address = answer.value.rows.find((row) => row.address.id === draft.id) ?? null;
  if (address === null && answer.value.total > answer.value.rows.length) {
    return `Too many ids contain “${draft.id}” to find it.`;
  }
  setDraft(withStatesOf(draft, address, nowOrStart(), factOf(draft.typename)));
  return address === null ? `The run has no state of ${draft.id} yet: all states are absent.` : null;
}

function change(draft: BenchDraft, index: number, edit: (message: DraftMessage) => DraftMessage): BenchDraft {
  return { ...draft, messages: draft.messages.map((message, at) => (at === index ? edit(message) : message)) };
}
