/** What StateFun makes of a change of functions and states, in words: at once, and when the job restarts with its state. */
import { durationLabel } from '../model/duration-label.ts';
import type { StateSpec } from '../protocol/messages.ts';
import type { CodeChange, StateChange } from '../protocol/code-change.ts';

export interface ChangeWords {
  readonly what: string;
  readonly now: string;
  /** Null where a restart makes no difference. */
  readonly restart: string | null;
}

export function wordsOf(change: CodeChange): ChangeWords {
  switch (change.type) {
    case 'function-added':
      return {
        what: 'new function',
        now: change.standIn
          ? 'In this run a stand-in goes on answering for it. Start the run over to use the code.'
          : 'Messages to it are answered from now on.',
        restart: null,
      };
    case 'function-removed':
      // S60, S61, S65.
      return {
        what: 'function removed',
        now: `Its server answers 500: messages to it are retried until the call’s time is over, then the job fails.${change.called ? '' : ' None has been sent so far.'}`,
        restart: 'Its states stay stored.',
      };
    default:
      return { what: stateWhat(change), ...stateWords(change) };
  }
}

function stateWhat({ type, before, after }: StateChange): string {
  switch (type) {
    case 'state-added':
      return 'state added';
    case 'state-back':
      return 'state declared again';
    case 'state-dropped':
      return 'state dropped';
    case 'state-type':
      return `type ${shortType(before)} → ${shortType(after)}`;
    case 'state-unused':
      return 'state changed';
    default:
      return `expiration ${expirationLabel(before)} → ${expirationLabel(after)}`;
  }
}

function stateWords({ type, held, before, after }: StateChange): Omit<ChangeWords, 'what'> {
  switch (type) {
    case 'state-added': // S17
      return { now: 'Every id has it from its next call on, absent (null in code) until it is written.', restart: null };
    case 'state-back': // S18
      return { now: 'Its values of before are there again, as far as they have not expired.', restart: null };
    case 'state-dropped': // S18
      return {
        now: held === 'registered' ? 'The runtime goes on keeping and sending it; the code no longer sees it.' : 'It is not used any more.',
        restart: held === 'none' ? null : 'It is not sent any more, but its values stay stored: declare it again, and they are back.',
      };
    case 'state-type': // S20, S21
      return {
        now:
          held === 'registered'
            ? `The job fails at the next write (previous type ${before?.typename}, new type ${after?.typename}). Reading a value of before throws.`
            : 'The job fails at the next call of this function, when it registers the state.',
        restart: 'It fails again and again, until the old type is declared. A state of another name avoids both.',
      };
    case 'expiration-changed': // S19, S22
      return {
        now: `Ignored while the job runs: it stays ${expirationLabel(before)}.`,
        restart: `It applies to stored values too, from when they were last touched: ${lifeWords(before, after)}.`,
      };
    case 'expiration-added': // S19, S23
    case 'expiration-removed':
      return {
        now:
          held === 'registered'
            ? `Ignored while the job runs: it ${before?.expiration === null ? 'never expires' : `stays ${expirationLabel(before)}`}.`
            : 'The job fails at the next call of this function, when it registers the state.',
        restart:
          'The job fails again and again over the values it holds, until the spec is as before. A state of another name avoids that.',
      };
    case 'state-unused':
      return { now: 'No call has used it in this run, so it holds as it stands.', restart: null };
  }
}

function lifeWords(before: StateSpec | null, after: StateSpec | null): string {
  const [old, fresh] = [before?.expiration?.millis ?? 0, after?.expiration?.millis ?? 0];
  if (fresh === old) {
    return 'only what counts as a touch is another';
  }
  return fresh < old ? 'older ones expire at once' : 'some that had expired may come back';
}

function expirationLabel(spec: StateSpec | null): string {
  const expiration = spec?.expiration ?? null;
  return expiration === null
    ? 'none'
    : `${durationLabel(expiration.millis)} after ${expiration.mode === 'after-write' ? 'a write' : 'a call'}`;
}

function shortType(spec: StateSpec | null): string {
  return spec === null ? 'none' : spec.typename.replace(/^io\.statefun\.types\//, '');
}
