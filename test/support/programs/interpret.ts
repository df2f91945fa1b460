/**
 * Does programs: the bytes of a ToFunction in, what an HTTP server says out. Pure but for the memory that it is given, so the real
 * engine's function server and the simulator's host answer alike.
 *
 * Like the SDK's handler it first asks for states that it misses, and then gives one mutation for each state that changed.
 */
import { typename } from '../../../src/base/ids.ts';
import { encodeUtf8 } from '../../../src/base/text-encoding.ts';
import { encodeKafkaRecord } from '../../../src/protocol/egress-records.ts';
import type {
  DelayedRequest,
  EgressMessage,
  FunctionReply,
  OutgoingMessage,
  StateMutation,
  StateSpec,
} from '../../../src/protocol/messages.ts';
import { decodeToFunction, encodeFromFunction } from '../../../src/protocol/wire-codec.ts';
import { COMMANDS_TYPE, programBytes, programOf } from './command.ts';
import type { ArgumentShape, Command, HttpFault, Program } from './command.ts';
import { decodeState, encodeState } from './state-values.ts';

/** State specs of the code that answers, by function type; null for a type that it does not define (S60). */
export type StateSpecs = (type: string) => readonly StateSpec[] | null;

export type ProgramAnswer =
  | { readonly type: 'replied'; readonly reply: FunctionReply; readonly sleepMillis: number }
  /** 500 with an empty body, as the SDK's handler gives. `message`: index in the batch. */
  | { readonly type: 'threw'; readonly error: string; readonly message: number | null; readonly sleepMillis: number }
  | { readonly type: 'unknown-function'; readonly sleepMillis: number }
  | { readonly type: 'fault'; readonly fault: HttpFault; readonly sleepMillis: number };

/** How often `first` commands have been met, by label: what a real function server would keep in its process. */
export class ProgramMemory {
  private readonly met = new Map<string, number>();

  meet(label: string, times: number): boolean {
    const before = this.met.get(label) ?? 0;
    this.met.set(label, before + 1);
    return before < times;
  }
}

/** `attempt`: how often this very request has come, this time included. */
export function interpret(specsOf: StateSpecs, request: Uint8Array, attempt: number, memory: ProgramMemory): ProgramAnswer {
  const decoded = decodeToFunction(request);
  if (!decoded.ok) {
    throw new Error(decoded.error);
  }
  const { target, states, messages } = decoded.value;
  const specs = specsOf(target.typename);
  if (specs === null) {
    return { type: 'unknown-function', sleepMillis: 0 };
  }
  const missing = specs.filter(({ name }) => !states.some((state) => state.name === name));
  if (missing.length > 0) {
    return { type: 'replied', reply: { type: 'incomplete', missing }, sleepMillis: 0 };
  }
  const run = new Run(specs, target, attempt, memory);
  for (const { name, value } of states) {
    if (value !== null) {
      run.values.set(name, decodeState(value.typename, value.bytes));
    }
  }
  for (const [index, message] of messages.entries()) {
    const program = programOf(message.argument.bytes);
    const ended = program === null ? run.threw('the payload is no program') : run.perform(program);
    if (ended !== null) {
      return ended.type === 'threw' ? { ...ended, message: index } : ended;
    }
  }
  return { type: 'replied', reply: run.result(), sleepMillis: run.sleepMillis };
}

class Run {
  readonly values = new Map<string, string | null>();
  sleepMillis = 0;
  private readonly specs: readonly StateSpec[];
  private readonly target: OutgoingMessage['target'];
  private readonly attempt: number;
  private readonly memory: ProgramMemory;
  private readonly changed = new Set<string>();
  private readonly raw: StateMutation[] = [];
  private readonly sent: OutgoingMessage[] = [];
  private readonly delayed: DelayedRequest[] = [];
  private readonly egresses: EgressMessage[] = [];

  constructor(specs: readonly StateSpec[], target: OutgoingMessage['target'], attempt: number, memory: ProgramMemory) {
    this.specs = specs;
    this.target = target;
    this.attempt = attempt;
    this.memory = memory;
  }

  threw(error: string): ProgramAnswer & { readonly type: 'threw' } {
    return { type: 'threw', error, message: null, sleepMillis: this.sleepMillis };
  }

  /** Gives the answer that a command ended the call with, or null. */
  perform(program: Program): ProgramAnswer | null {
    for (const command of program) {
      const ended = this.command(command);
      if (ended !== null) {
        return ended;
      }
    }
    return null;
  }

  result(): FunctionReply {
    const mutations = [...this.changed].map((name): StateMutation => {
      const text = this.values.get(name) ?? null;
      const type = this.typeOf(name);
      return text === null
        ? { type: 'delete', name, value: null }
        : { type: 'modify', name, value: { typename: type, hasValue: true, bytes: encodeState(type, text) } };
    });
    return {
      type: 'result',
      mutations: [...mutations, ...this.raw],
      messages: this.sent,
      delayed: this.delayed,
      egresses: this.egresses,
    };
  }

  private command(command: Command): ProgramAnswer | null {
    if ('optional' in command && !this.specs.some(({ name }) => name === command.state)) {
      return null;
    }
    switch (command.do) {
      case 'set':
        this.change(command.state, command.to);
        return null;
      case 'append':
        this.change(command.state, (this.values.get(command.state) ?? '') + command.text);
        return null;
      case 'count':
        this.change(command.state, String(Number(this.values.get(command.state) ?? '0') + 1));
        return null;
      case 'delete':
        this.change(command.state, null);
        return null;
      case 'mutate':
        this.mutate(command);
        return null;
      case 'send':
        this.sent.push({
          target: { typename: typename(command.type), id: command.id },
          argument: programValue(command.program, command.n, command.as),
        });
        return null;
      case 'send-self': {
        const message = { target: this.target, argument: programValue(command.program, command.n) };
        if (command.millis === undefined) {
          this.sent.push(message);
        } else {
          this.delayed.push({ type: 'send', delayMillis: command.millis, token: null, ...message });
        }
        return null;
      }
      case 'send-after':
        this.delayed.push({
          type: 'send',
          delayMillis: command.millis,
          target: { typename: typename(command.type), id: command.id },
          argument: programValue(command.program, command.n),
          token: command.token ?? null,
        });
        return null;
      case 'cancel':
        this.delayed.push({ type: 'cancel', token: command.token ?? null });
        return null;
      case 'emit': {
        const { egress, topic, key, text } = command;
        const argument = encodeKafkaRecord({ topic, key: key === '' ? null : key, value: encodeUtf8(text) });
        this.egresses.push({ egress: typename(egress), argument });
        return null;
      }
      case 'emit-raw':
        this.egresses.push({
          egress: typename(command.egress),
          argument: { typename: command.typename, hasValue: true, bytes: encodeUtf8(command.text) },
        });
        return null;
      case 'fail':
        return this.attempt > (command.attempts ?? Infinity) ? null : this.threw(command.message);
      case 'answer':
        return { type: 'fault', fault: command.with, sleepMillis: this.sleepMillis };
      case 'incomplete':
        return {
          type: 'replied',
          reply: { type: 'incomplete', missing: command.specs ?? this.specs },
          sleepMillis: this.sleepMillis,
        };
      case 'sleep':
        this.sleepMillis += command.millis;
        return null;
      case 'first':
        return this.memory.meet(command.label, command.times) ? this.perform(command.program) : null;
    }
  }

  private change(state: string, text: string | null): void {
    this.values.set(state, text);
    this.changed.add(state);
  }

  private mutate({ state, kind, value }: Command & { readonly do: 'mutate' }): void {
    if (value === null) {
      this.raw.push({ type: kind, name: state, value: null });
      return;
    }
    const type = this.typeOf(state);
    this.raw.push({
      type: kind,
      name: state,
      value: { typename: value.typename ?? type, hasValue: value.hasValue, bytes: encodeState(type, value.text) },
    });
  }

  private typeOf(state: string): string {
    return this.specs.find(({ name }) => name === state)?.typename ?? '';
  }
}

function programValue(program: Program, n?: string, as: ArgumentShape = {}) {
  return { typename: as.typename ?? COMMANDS_TYPE, hasValue: as.hasValue ?? true, bytes: programBytes(program, n) };
}

/** What the answer is on the wire. Null where there is none. */
export type HttpAnswer =
  | { readonly type: 'response'; readonly status: number; readonly contentType: string | null; readonly body: Uint8Array }
  | { readonly type: 'dropped' | 'no-answer' };

const REPLY_TYPE = 'application/octet-stream';
const NO_BYTES = new Uint8Array(0);
/** No message begins with a group's end. */
export const MALFORMED_BODY = encodeUtf8('\u0007 this is no FromFunction');

export function httpAnswer(answer: ProgramAnswer): HttpAnswer {
  switch (answer.type) {
    case 'replied':
      return { type: 'response', status: 200, contentType: REPLY_TYPE, body: encodeFromFunction(answer.reply) };
    case 'threw':
    case 'unknown-function':
      return { type: 'response', status: 500, contentType: REPLY_TYPE, body: NO_BYTES };
    case 'fault':
      return faultAnswer(answer.fault);
  }
}

function faultAnswer(fault: HttpFault): HttpAnswer {
  switch (fault.type) {
    case 'status':
      return { type: 'response', status: fault.status, contentType: REPLY_TYPE, body: NO_BYTES };
    case 'malformed':
      return { type: 'response', status: 200, contentType: REPLY_TYPE, body: MALFORMED_BODY };
    case 'content-type':
      return { type: 'response', status: 200, contentType: fault.contentType, body: NO_BYTES };
    case 'empty':
      return { type: 'response', status: 200, contentType: REPLY_TYPE, body: NO_BYTES };
    case 'dropped':
    case 'no-answer':
      return { type: fault.type };
  }
}
