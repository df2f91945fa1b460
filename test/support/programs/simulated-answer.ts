/** The programs behind the simulator: what the function server would say, as the sandbox's host reports it. */
import type { CallOutcome, CallReply, CallRequest } from '../../../src/protocol/call.ts';
import { encodeFromFunction } from '../../../src/protocol/wire-codec.ts';
import type { HttpFault } from './command.ts';
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
      return faultOutcome(answer.fault);
  }
}

/** The simulator tells apart what it treats apart where the call is tried again: any other failed attempt is one. */
function faultOutcome(fault: HttpFault): CallOutcome {
  switch (fault.type) {
    case 'malformed':
      return { type: 'replied', reply: MALFORMED_BODY };
    case 'empty':
      return { type: 'replied', reply: new Uint8Array(0) };
    case 'status':
    case 'dropped':
    case 'content-type':
      return { type: 'threw', error: { name: 'Error', message: JSON.stringify(fault), stack: [], messageIndex: null } };
    case 'no-answer':
      return { type: 'timed-out', limitMillis: 0 };
  }
}
