/**
 * StateFun's documented rules, followed in a straight line: given what happened in which order, it says which requests must have been
 * made, and what is left at the end. It decides nothing and shares no code with the simulator's runtime.
 *
 * Each rule is the fact that is named beside it. What a course does that no rule allows is a problem, in words.
 */
import type {
  DelayedRequest,
  FunctionReply,
  InvocationRequest,
  StateSpec,
  TypedValue,
  WireAddress,
} from '../../../src/protocol/messages.ts';
import { decodeFromFunction, decodeToFunction } from '../../../src/protocol/wire-codec.ts';
import type { Course, CourseEntry } from './course.ts';
import { CallQueue, keyOf } from './course.ts';

export interface ModelSettings {
  readonly asyncMaxPerTask: number;
  /** `maxNumBatchRequests` of the endpoint that serves the type. */
  readonly maxBatch: (type: string) => number;
  readonly egresses: readonly string[];
  /** What each ingress reads, one entry for each topic and partition. */
  readonly readers: readonly {
    readonly valueType: string;
    readonly targets: readonly string[];
    readonly records: readonly { readonly key: string; readonly value: Uint8Array }[];
  }[];
  /** How exact the course's times are, in ms. */
  readonly toleranceMillis: number;
}

interface Message {
  readonly to: WireAddress;
  readonly caller: WireAddress | null;
  readonly value: TypedValue;
}
interface Timer {
  readonly due: number;
  readonly order: number;
  readonly token: string | null;
  /** The registering address is the message's caller. */
  readonly message: Message;
}
interface AddressState {
  waiting: Message[];
  flight: readonly Message[] | null;
  readonly values: Map<string, { bytes: Uint8Array; touchedAt: number }>;
}

/** What a checkpoint holds (S71). */
interface Stored {
  /** How many messages of a reader's records reached a subtask, by `reader subtask`: each way is a FIFO. */
  readonly positions: Map<string, number>;
  readonly addresses: Map<string, AddressState>;
  timers: Timer[];
  /** Sent from one subtask to another and not there yet. */
  readonly between: Map<string, Message[]>;
  /** States that the backend has seen. */
  readonly known: Map<string, { readonly typename: string; readonly expires: boolean }>;
}

export interface ModelResult {
  readonly problems: readonly string[];
  /** The last moment's states: by address and state name, hex of the bytes. */
  readonly states: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly timers: readonly { readonly from: string; readonly to: string; readonly due: number; readonly token: string | null }[];
  /** Egress payloads whose effects count once, in order (egress id and hex of the payload). */
  readonly egress: readonly string[];
  readonly failed: string | null;
  readonly requests: number;
}

export function followCourse(course: Course, settings: ModelSettings): ModelResult {
  const model = new Model(course, settings);
  for (const entry of course.entries) {
    model.enter(entry);
  }
  return model.result();
}

class Model {
  private readonly settings: ModelSettings;
  private readonly calls: CallQueue;
  private readonly subtasks = new Map<string, number>();
  private readonly problems: string[] = [];
  private stored: Stored;
  private image: Stored;
  private egress: string[] = [];
  private committed: string[] = [];
  private order = 0;
  private requests = 0;
  private failed: string | null = null;
  /** Of this life of the job. */
  private registered = new Map<string, StateSpec[]>();
  private readonly local = new Map<number, Message[]>();
  private readonly standing = new Map<number, string>();
  private readonly drains = new Map<number, string>();
  private readonly unsent = new Set<string>();
  /** Addresses whose batch stops the input of their subtask. */
  private readonly held = new Set<string>();
  private replies = new Map<string, FunctionReply | null>();

  constructor(course: Course, settings: ModelSettings) {
    this.settings = settings;
    this.calls = new CallQueue(course);
    this.stored = { positions: new Map(), addresses: new Map(), timers: [], between: new Map(), known: new Map() };
    this.image = structuredClone(this.stored);
    for (const entry of course.entries) {
      if (entry.kind === 'message') {
        const before = this.subtasks.get(entry.to.id) ?? entry.subtask;
        this.check(before === entry.subtask, `S1: id ${entry.to.id} is on two subtasks`);
        this.subtasks.set(entry.to.id, before);
      }
    }
  }

  enter(entry: CourseEntry): void {
    if (entry.kind === 'restart') {
      this.restart(entry.checkpoint);
      return;
    }
    if (this.failed !== null) {
      return; // Other subtasks go on for a moment; a restore takes that back.
    }
    switch (entry.kind) {
      case 'snapshot':
        this.image = structuredClone(this.stored); // S71
        this.committed = [...this.egress];
        return;
      case 'message':
        this.message(entry);
        return;
      case 'departure':
        this.departure(entry);
        return;
      case 'completion':
        this.completion(entry.to, entry.subtask, entry.at);
        return;
      case 'resend': {
        const key = keyOf(entry.to);
        const { flight } = this.addressOf(key);
        this.check(this.unsent.delete(key) && flight !== null, `S75: ${key} had no request in flight at the checkpoint`);
        this.request(entry.to, flight ?? [], entry.subtask, entry.at);
        return;
      }
    }
  }

  result(): ModelResult {
    const standing = [...this.local.values()].flat().length;
    this.check(standing === 0 || this.failed !== null, 'S3: local sends were never delivered');
    return {
      problems: this.problems,
      states: new Map(
        [...this.stored.addresses].map(([key, { values }]) => [key, new Map([...values].map(([name, { bytes }]) => [name, hex(bytes)]))]),
      ),
      timers: this.stored.timers.map(({ due, token, message }) => ({
        from: message.caller === null ? '' : keyOf(message.caller),
        to: keyOf(message.to),
        due,
        token,
      })),
      egress: this.egress,
      failed: this.failed,
      requests: this.requests,
    };
  }

  private restart(checkpoint: number | null): void {
    this.stored =
      checkpoint === null
        ? { positions: new Map(), addresses: new Map(), timers: [], between: new Map(), known: new Map() } // S76
        : structuredClone(this.image);
    this.egress = checkpoint === null ? [] : [...this.committed];
    this.failed = null;
    this.registered = new Map(); // S12
    this.local.clear();
    this.standing.clear();
    this.drains.clear();
    this.replies = new Map();
    this.calls.restart();
    this.unsent.clear();
    this.held.clear();
    for (const [key, { flight }] of this.stored.addresses) {
      if (flight !== null) {
        this.unsent.add(key);
      }
    }
  }

  private message(entry: CourseEntry & { readonly kind: 'message' }): void {
    const { to, caller, value, subtask, at } = entry;
    const what = `${show(value)} to ${keyOf(to)}`;
    this.check(!this.standing.has(subtask), `S14: ${what} while the subtask stands`);
    this.check(
      [...this.unsent].every((key) => this.subtasks.get(key.slice(key.lastIndexOf('/') + 1)) !== subtask),
      `S74: ${what} before a restored request`,
    );
    const arrived: Message = { to, caller, value };
    const delivered = this.takeTimer(arrived, subtask, at)?.message ?? this.takeSent(arrived, subtask, what) ?? arrived;
    const address = this.addressOf(keyOf(to));
    if (address.flight === null) {
      this.request(to, [delivered], subtask, at);
    } else {
      address.waiting.push(delivered); // S25
      const limit = this.settings.maxBatch(to.typename);
      if (limit > 0 && address.waiting.length >= limit) {
        this.held.add(keyOf(to)); // S27, S28
      }
    }
  }

  /** The message as its sender made it; null for an ingress's, and where nobody sent it. */
  private takeSent(message: Message, subtask: number, what: string): Message | null {
    this.drains.delete(subtask);
    const head = this.local.get(subtask)?.shift();
    if (head === undefined) {
      return this.input(message, subtask, what);
    }
    this.check(isSame(head, message), `S3: ${what} before ${show(head.value)}`); // S34
    return head;
  }

  private input(message: Message, subtask: number, what: string): Message | null {
    const { asyncMaxPerTask } = this.settings;
    const here = [...this.stored.addresses].filter(([key]) => this.subtasks.get(idOf(key)) === subtask);
    const inFlight = here.filter(([, { flight }]) => flight !== null).length;
    this.check(asyncMaxPerTask <= 0 || inFlight < asyncMaxPerTask, `S26: ${what} at ${inFlight} requests in flight`);
    const held = here.find(([key]) => this.held.has(key));
    this.check(held === undefined, `S27: ${what} while ${held?.[1].waiting.length} messages wait at ${held?.[0]}`);
    if (message.caller === null) {
      this.ingress(message, subtask, what);
      return null;
    }
    const from = this.subtasks.get(message.caller.id);
    const queue = this.stored.between.get(`${from}>${subtask}`) ?? [];
    const first = queue.shift();
    this.check(first !== undefined && isSame(first, message), `S38: ${what} is not the first on its way from subtask ${from}`);
    return first ?? null;
  }

  private departure({ to, caller, subtask, at }: CourseEntry & { readonly kind: 'departure' }): void {
    const mine = this.stored.timers.filter(
      ({ message }) => keyOf(message.to) === keyOf(to) && message.caller !== null && keyOf(message.caller) === keyOf(caller),
    );
    const timer = mine.sort((left, right) => left.due - right.due || left.order - right.order)[0];
    this.check(timer !== undefined && timer.due < at, `S42: a timer of ${keyOf(caller)} to ${keyOf(to)} fires that is not due`);
    if (timer !== undefined) {
      this.stored.timers = this.stored.timers.filter((other) => other !== timer);
      this.send(timer.message, subtask);
    }
  }

  private ingress(message: Message, subtask: number, what: string): void {
    const { positions } = this.stored;
    for (const [index, reader] of this.settings.readers.entries()) {
      const way = `${index} ${subtask}`;
      const position = positions.get(way) ?? 0;
      const here = reader.records.filter(({ key }) => this.subtasks.get(key) === subtask);
      const record = here[Math.floor(position / reader.targets.length)];
      if (
        record !== undefined &&
        record.key === message.to.id &&
        reader.targets[position % reader.targets.length] === message.to.typename &&
        reader.valueType === message.value.typename &&
        hex(record.value) === hex(message.value.bytes)
      ) {
        positions.set(way, position + 1);
        return;
      }
    }
    this.problems.push(`S39, S85: ${what} is not the next message of any partition`);
  }

  /** The timer that brings this message now, taken out; null where it comes another way. */
  private takeTimer(message: Message, subtask: number, at: number): Timer | null {
    const candidates = this.stored.timers.filter((timer) => isSame(timer.message, message));
    const first = candidates.sort((left, right) => left.due - right.due || left.order - right.order)[0];
    const caller = message.caller;
    if (first === undefined || caller === null || this.subtasks.get(caller.id) !== subtask) {
      return null;
    }
    const local = this.local.get(subtask) ?? [];
    const drain = `${first.due} ${caller.id}`;
    if (local.length > 0 && this.drains.get(subtask) !== drain) {
      return null;
    }
    this.check(at + this.settings.toleranceMillis > first.due, `S42: a timer fires ${first.due - at + 1} ms early`);
    const earlier = this.stored.timers.find(
      ({ due, message: other }) =>
        due + this.settings.toleranceMillis < first.due && other.caller !== null && this.subtasks.get(other.caller.id) === subtask,
    );
    this.check(earlier === undefined, `S43: a timer due at ${first.due} before one due at ${earlier?.due}`);
    this.stored.timers = this.stored.timers.filter((timer) => timer !== first);
    this.drains.set(subtask, drain);
    return first;
  }

  private completion(to: WireAddress, subtask: number, at: number): void {
    const key = keyOf(to);
    const address = this.addressOf(key);
    const reply = this.replies.get(key);
    const own = this.standing.get(subtask) === key;
    if (own) {
      this.standing.delete(subtask);
    } else {
      this.check(!this.standing.has(subtask), `S14: a call of ${key} completes while the subtask stands`);
      const inDrain = this.drains.get(subtask) === 'completions';
      this.check((this.local.get(subtask) ?? []).length === 0 || inDrain, `S3: a call of ${key} completes before local sends`);
      this.drains.set(subtask, 'completions');
    }
    this.check(address.flight !== null && reply !== undefined && reply !== null, `${key}: a call completes that has no answer`);
    if (address.flight === null || reply === undefined || reply === null) {
      return;
    }
    this.replies.delete(key);
    this.held.delete(key);
    if (reply.type === 'incomplete') {
      this.register(to, subtask, reply.missing);
      if (this.failed === null) {
        this.request(to, address.flight, subtask, at); // S10, S16
      }
      return;
    }
    this.apply(to, address, reply, subtask, at);
  }

  private register(to: WireAddress, subtask: number, specs: readonly StateSpec[]): void {
    const specsHere = this.specsOf(to.typename, subtask);
    for (const spec of specs) {
      const stateKey = `${to.typename}/${spec.name}`;
      const before = specsHere.find(({ name }) => name === spec.name);
      const known = this.stored.known.get(stateKey);
      if ((before ?? known ?? spec).typename !== spec.typename) {
        this.failed = `S20, S21: the type of ${stateKey} changed`;
        return;
      }
      if (before !== undefined) {
        continue; // S16, S19
      }
      if (known !== undefined && known.expires !== (spec.expiration !== null)) {
        this.failed = `S23: an expiration of ${stateKey} came or went`;
        return;
      }
      this.stored.known.set(stateKey, { typename: spec.typename, expires: spec.expiration !== null });
      specsHere.push(spec);
    }
  }

  /** S32: sends, delayed sends and cancellations, egress records, states. */
  private apply(
    to: WireAddress,
    address: AddressState,
    reply: FunctionReply & { readonly type: 'result' },
    subtask: number,
    at: number,
  ): void {
    for (const { target, argument } of reply.messages) {
      this.send({ to: target, caller: to, value: argument }, subtask); // S33
    }
    for (const request of reply.delayed) {
      this.delay(to, request, at);
    }
    for (const { egress, argument } of this.failed === null ? reply.egresses : []) {
      if (!this.settings.egresses.includes(egress)) {
        this.failed = `S59: unknown egress ${egress}`;
        return;
      }
      if (!argument.typename.endsWith('/io.statefun.sdk.egress.KafkaProducerRecord')) {
        this.failed = `S60: ${argument.typename} for a Kafka egress`;
        return;
      }
      this.egress.push(`${egress} ${hex(argument.bytes)}`);
    }
    for (const { type, name, value } of this.failed === null ? reply.mutations : []) {
      const spec = this.specsOf(to.typename, subtask).find((candidate) => candidate.name === name);
      if (spec === undefined) {
        this.failed = `S68: no state ${name}`;
        return;
      }
      if (type === 'delete') {
        address.values.delete(name); // S35, S57
      } else if (value === null || value.typename !== spec.typename) {
        this.failed = `S20, S36: ${value?.typename ?? 'nothing'} for ${name}`;
        return;
      } else {
        address.values.set(name, { bytes: value.bytes, touchedAt: at }); // S35, S54
      }
    }
    if (this.failed === null) {
      address.flight = null;
      const { waiting } = address;
      if (waiting.length > 0) {
        address.waiting = [];
        this.request(to, waiting, subtask, at); // S25
      }
    }
  }

  private send(message: Message, subtask: number): void {
    const target = this.subtasks.get(message.to.id);
    if (target === subtask || target === undefined) {
      const local = this.local.get(subtask) ?? [];
      local.push(message);
      this.local.set(subtask, local);
      return;
    }
    const channel = `${subtask}>${target}`;
    const between = this.stored.between.get(channel) ?? [];
    between.push(message);
    this.stored.between.set(channel, between);
  }

  private delay(from: WireAddress, request: DelayedRequest, at: number): void {
    if (this.failed !== null) {
      return;
    }
    // S48, S49: a token is the id's, whatever the type.
    const holds = (timer: Timer): boolean => timer.token === request.token && timer.message.caller?.id === from.id;
    if (request.type === 'cancel') {
      if (request.token === null) {
        this.failed = 'S50: a cancellation without a token';
        return;
      }
      this.stored.timers = this.stored.timers.filter((timer) => !holds(timer)); // S45, S46
      return;
    }
    if (request.delayMillis < 0) {
      this.failed = 'S50: a negative delay';
      return;
    }
    if (request.token !== null && this.stored.timers.some(holds)) {
      this.failed = `S47: token ${request.token} is pending`;
      return;
    }
    this.order += 1;
    this.stored.timers.push({
      due: at + request.delayMillis, // S42
      order: this.order,
      token: request.token,
      message: { to: request.target, caller: from, value: request.argument }, // S30
    });
  }

  /** Says what the request must be, and compares it with the one that was made. */
  private request(to: WireAddress, messages: readonly Message[], subtask: number, at: number): void {
    const key = keyOf(to);
    const address = this.addressOf(key);
    const bootstrap = !this.registered.has(`${to.typename} ${subtask}`); // S9, S12
    const call = this.calls.take(to);
    const actual = call === null ? null : decodeToFunction(call.request);
    const specs = this.specsOf(to.typename, subtask);
    const states = hashOrder(specs).map(({ name, typename, expiration }) => {
      const value = address.values.get(name);
      if (value === undefined) {
        return { name, value: null }; // S11
      }
      if (expiration !== null) {
        const left = value.touchedAt + expiration.millis - at;
        const shown = actual?.ok === true && actual.value.states.some((state) => state.name === name && state.value !== null);
        if (Math.abs(left - 0.5) <= this.settings.toleranceMillis ? !shown : left <= 0) {
          address.values.delete(name);
          return { name, value: null }; // S52, S53
        }
        if (expiration.mode === 'after-invoke') {
          value.touchedAt = at; // S55, S56
        }
      }
      return { name, value: { typename, hasValue: true, bytes: value.bytes } }; // S11, S35
    });
    const predicted: InvocationRequest = {
      target: to,
      states,
      messages: messages.map(({ caller, value }) => ({ caller, argument: value })),
    };
    address.flight = messages;
    this.requests += 1;
    if (call === null && this.calls.mayBeLost()) {
      this.requests -= 1;
    } else if (actual?.ok !== true) {
      this.problems.push(`${key}: no request was made for ${messages.map(({ value }) => show(value)).join(', ')}`);
    } else if (text(actual.value) !== text(predicted)) {
      this.problems.push(`${key}: the request is ${text(actual.value)} and should be ${text(predicted)}`);
    }
    const reply = call === null || call.reply === null ? null : decodeFromFunction(call.reply);
    this.replies.set(key, reply?.ok === true ? reply.value : null);
    if (bootstrap) {
      this.standing.set(subtask, key); // S14
    }
  }

  private specsOf(type: string, subtask: number): StateSpec[] {
    const place = `${type} ${subtask}`;
    const specs = this.registered.get(place) ?? [];
    this.registered.set(place, specs);
    return specs;
  }

  private addressOf(key: string): AddressState {
    const address = this.stored.addresses.get(key) ?? { waiting: [], flight: null, values: new Map() };
    this.stored.addresses.set(key, address);
    return address;
  }

  private check(holds: boolean, problem: string): void {
    if (!holds) {
      this.problems.push(problem);
    }
  }
}

/** S13, for up to twelve states. */
function hashOrder(specs: readonly StateSpec[]): StateSpec[] {
  const bucket = ({ name }: StateSpec): number => {
    let hash = 0;
    for (const letter of name) {
      hash = (hash * 31 + letter.charCodeAt(0)) | 0;
    }
    return (hash ^ (hash >>> 16)) & 15;
  };
  return [...specs].sort((left, right) => bucket(left) - bucket(right));
}

function isSame(left: Message, right: Message): boolean {
  return (
    keyOf(left.to) === keyOf(right.to) &&
    (left.caller === null ? '' : keyOf(left.caller)) === (right.caller === null ? '' : keyOf(right.caller)) &&
    left.value.typename === right.value.typename &&
    hex(left.value.bytes) === hex(right.value.bytes)
  );
}

function idOf(key: string): string {
  return key.split('/').slice(2).join('/');
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function show({ bytes }: TypedValue): string {
  return Buffer.from(bytes).toString('utf8').slice(0, 40);
}

function text(request: InvocationRequest): string {
  return JSON.stringify(request, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value));
}
