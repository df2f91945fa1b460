/** The programs behind the simulator: what the function server would say, as the sandbox's host reports it. */
import type { CallOutcome, CallReply, CallRequest } from '../../../src/protocol/call.ts';
import { encodeFromFunction } from '../../../src/protocol/wire-codec.ts';
import { interpret, MALFORMED_BODY } from './interpret.ts';
import type { ProgramAnswer, ProgramMemory, StateSpecs } from './interpret.ts';

/** `code` goes into the reply as the hash of the code that answered. */
export function simulatedAnswer(specs: StateSpecs, request: CallRequest, memory: ProgramMemory, code = 'code-1'): CallReply {
  const answer = interpret(specs, request.request, request.attempt, memory);
  return {
    call: request.call,
    attempt: request.attempt,
    outcome: outcomeOf(answer),
    extraMillis: answer.sleepMillis,
    logs: [],
    fetches: [],
    code,
  };
}

function outcomeOf(answer: ProgramAnswer): CallOutcome {
  switch (answer.type) {
    case 'replied':
      return { type: 'replied', reply: encodeFromFunction(answer.reply) };
    case 'threw':
      return { type: 'threw', error: { name: 'Error', message: answer.error, stack: [], messageIndex: answer.message } };
    case 'unknown-function':
      return { type: 'no-such-function' };
    case 'fault':
      switch (answer.fault.type) {
        case 'malformed':
          return { type: 'replied', reply: MALFORMED_BODY };
        case 'empty':
          return { type: 'replied', reply: new Uint8Array(0) };
        case 'status':
          if (answer.fault.status >= 200 && answer.fault.status < 300) {
            return { type: 'replied', reply: new Uint8Array(0) };
          }
          if (answer.fault.status === 500) {
            return { type: 'threw', error: { name: 'Error', message: 'status 500', stack: [], messageIndex: null } };
          }
          throw new Error(`no call has the outcome ${JSON.stringify(answer.fault)}`);
        default:
          throw new Error(`no call has the outcome ${JSON.stringify(answer.fault)}`);
      }
  }
}
