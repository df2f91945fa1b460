/**
 * Brings a restored engine to where the journal ends, without running user code. Each reply is applied when the engine
 * has issued its call; every other input at the event count at which it was first taken (R1).
 */
import type { Engine, EngineInput } from '../runtime/engine-api.ts';
import type { JournalRecord } from '../storage/database.ts';
import { StorageError } from '../storage/storage-error.ts';
import { decodeReplies } from './journal-codec.ts';

const DAMAGED = 'The journal of this run does not fit its engine. Reset starts the run over; its records up to here stay readable.';

export function replayJournal(engine: Engine, journal: readonly JournalRecord[], afterRecord: (record: JournalRecord) => void): void {
  for (const record of journal) {
    record.entries.forEach((entry, index) => {
      const next = record.entries.slice(index).find((later) => later.type === 'input');
      advanceTo(engine, next?.type === 'input' ? next.events : record.position.events, entry.type === 'input');
      if (entry.type === 'input') {
        // Written by RunRecorder.addInput.
        engine.apply(entry.input as EngineInput);
        return;
      }
      const replies = decodeReplies(entry);
      if (replies === null) {
        throw new StorageError('corrupt', DAMAGED);
      }
      for (const reply of replies) {
        engine.apply({ type: 'reply', reply });
      }
    });
    advanceTo(engine, record.position.events, true);
    afterRecord(record);
  }
}

/** Advances to an event count. With `exactly`, stopping short of it means that the journal does not belong to this engine. */
function advanceTo(engine: Engine, events: number, exactly: boolean): void {
  const missing = events - engine.metrics().events;
  if (missing > 0) {
    engine.advance({ until: null, events: missing });
  }
  if (exactly && engine.metrics().events !== events) {
    throw new StorageError('corrupt', DAMAGED);
  }
}
