/** Moments that a host may ask to be stopped at. */
import type { Machine } from './machine.ts';

/** Nothing is under way and nothing will be, but for delayed messages; a checkpoint that has something to store is taken. */
export function isQuiet(machine: Machine): boolean {
  return (
    machine.phase === 'running' &&
    machine.pending === null &&
    machine.barrier === null &&
    machine.tickAt === null &&
    machine.agenda.peek() === undefined &&
    machine.inputs.peek() === undefined &&
    machine.feeds.every(({ source }) => source.peek() === null)
  );
}

/** Whether a delayed message was delivered behind this place of the trace. */
export function firedSince(machine: Machine, traced: number): boolean {
  for (let index = traced; index < machine.trace.length; index += 1) {
    if (machine.trace[index]?.type === 'timer-fired') {
      return true;
    }
  }
  return false;
}
