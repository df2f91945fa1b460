/** One item of `steps:`. */
import { isModulePath } from '../../model/resolve-import.ts';
import type { CodeChange, Step, Wait } from '../scenario.ts';
import { functionCall } from './call.ts';
import { oneOrMany, shortOrObject, wordOr } from './composites.ts';
import { expectations } from './expectations.ts';
import { faultShape } from './faults.ts';
import { object, optional, required } from './object.ts';
import { duration, projectFile, text, word } from './scalars.ts';
import { send } from './send.ts';
import { BAD } from './shape.ts';
import type { Bad, Shape } from './shape.ts';

/** How long a wait for idleness may take when the file does not say. */
export const IDLE_LIMIT_MILLIS = 3_600_000;

const until = object({
  what: 'a wait',
  fields: {
    until: required(
      wordOr('idle', 'idle' as const, wordOr('next-timer', 'next-timer' as const, duration(0))),
      'A time since the start; idle: until nothing but delayed messages is left to do; next-timer: until the next delayed message is delivered.',
    ),
    atMost: optional(duration(1), 'The step fails when it takes longer; for idle 1 h when absent.'),
  },
  make({ until: goal, atMost }, made): Wait | Bad {
    if (goal === 'idle') {
      return { type: 'idle', atMostMillis: atMost ?? IDLE_LIMIT_MILLIS };
    }
    if (goal === 'next-timer') {
      return { type: 'next-timer', atMostMillis: atMost ?? null };
    }
    return atMost === undefined
      ? { type: 'until', at: goal }
      : made.report('scenario-key-conflict', 'atMost is for until: idle and until: next-timer; a time is reached in any case.', 'atMost');
  },
});

const wait: Shape<Wait> = shortOrObject(
  {
    read(value, name, reading) {
      const millis = duration(0).read(value, name, reading);
      return millis === BAD ? BAD : { type: 'for' as const, millis };
    },
    schema: duration(0).schema,
  },
  until,
);

const codeChange = object({
  what: 'a code change',
  fields: {
    file: required(projectFile(), 'The file that changes: code in functions/, or answers of services in stubs/.'),
    text: optional(text(), "The file's new text."),
    from: optional(projectFile(), 'A file of the project whose text it takes over.'),
  },
  rules: [{ type: 'exactly-one', keys: ['text', 'from'] }],
  make({ file, text: written, from }, made): CodeChange | Bad {
    if (!isModulePath(file) && !/^stubs\/.+\.ya?ml$/.test(file)) {
      return made.report(
        'scenario-bad-file',
        `${file} is no code: only scripts, JSON and files in stubs/ change while a job runs.`,
        'file',
      );
    }
    return {
      place: made.place,
      file,
      content: from === undefined ? { type: 'text', text: written ?? '' } : { type: 'from', path: from },
    };
  },
});

const ACTIONS = ['send', 'wait', 'fault', 'crash', 'checkpoint', 'call', 'code', 'expect'];

export const step: Shape<Step> = object({
  what: 'a step',
  fields: {
    at: optional(duration(0), 'The time since the start at which the step is played; right after the step before it when absent.'),
    send: optional(send, 'Puts records into topics.'),
    wait: optional(wait, 'Lets virtual time pass.'),
    fault: optional(faultShape, 'Makes the endpoint of some functions misbehave for a while.'),
    crash: optional(
      word('task', 'process'),
      'task: a task fails and the job restarts as its strategy says. process: all is killed and started anew without a savepoint.',
    ),
    checkpoint: optional(word('now'), 'now: takes a checkpoint.'),
    call: optional(functionCall, 'Calls one function, apart from the run, and looks at what it answers.'),
    code: optional(oneOrMany(codeChange, 'a code change, or a list of them'), 'Puts new code into effect, with all state kept.'),
    expect: optional(expectations, 'What has to hold at this moment.'),
  },
  rules: [{ type: 'exactly-one', keys: ACTIONS }],
  make(values, { place }): Step {
    const base = { place, at: values.at ?? null };
    if (values.send !== undefined) {
      return { ...base, type: 'send', records: values.send };
    }
    if (values.wait !== undefined) {
      return { ...base, type: 'wait', wait: values.wait };
    }
    if (values.fault !== undefined) {
      return { ...base, type: 'fault', fault: values.fault };
    }
    if (values.crash !== undefined) {
      return { ...base, type: 'crash', what: values.crash };
    }
    if (values.call !== undefined) {
      return { ...base, type: 'call', call: values.call };
    }
    if (values.code !== undefined) {
      return { ...base, type: 'code', changes: values.code };
    }
    return values.expect === undefined ? { ...base, type: 'checkpoint' } : { ...base, type: 'expect', expect: values.expect };
  },
});
