/** Functions without user code, for tests of the runtime: programs as data (`programs/command.ts`), answered without a server. */
import type { CallReply, CallRequest } from '../../src/protocol/call.ts';
import type { StateSpec } from '../../src/protocol/messages.ts';
import { ProgramMemory } from './programs/interpret.ts';
import { simulatedAnswer } from './programs/simulated-answer.ts';

export { COMMANDS_TYPE, programBytes } from './programs/command.ts';
export type { Command } from './programs/command.ts';

export const TEXT_STATE = 'test/text';

export interface FakeFunctions {
  /** State specs by function type; a type that is not here has none. */
  readonly states: Readonly<Record<string, readonly StateSpec[]>>;
}

export function textState(name: string, expiration: StateSpec['expiration'] = null): StateSpec {
  return { name, typename: TEXT_STATE, expiration };
}

/** Answers one call. `code` goes into the reply; a `fail` command throws as user code would. */
export function answerCall(
  functions: FakeFunctions,
  request: CallRequest,
  code = 'code-1',
  memory: ProgramMemory = new ProgramMemory(),
): CallReply {
  return simulatedAnswer((type) => functions.states[type] ?? [], request, memory, code);
}
