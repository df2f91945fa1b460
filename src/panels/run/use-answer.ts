/**
 * One answer of the worker for a component. What is asked and how fresh it must be are two things: while the same is asked, one request is
 * under way at a time, and each answer is shown. A run that goes on asks for a fresher one more often than a busy worker answers.
 */
import { useEffect, useRef, useState } from 'react';
import { workerClient } from '../../state/client.ts';
import type { RequestType, Requests } from '../../worker/contract.ts';

export interface Answer<T> {
  /** The old one stays until the new one is there, and where the same cannot be answered again. */
  readonly value: T | null;
  readonly error: string | null;
  /** What `value` and `error` are about. */
  readonly subject: string | null;
}

/** @param subject names what is asked, and stands for `params`; @param freshness asks again when it changes */
export function useAnswer<Type extends RequestType>(
  type: Type,
  params: Requests[Type]['in'],
  subject: string,
  freshness: string,
): Answer<Requests[Type]['out']> {
  const [answer, setAnswer] = useState<Answer<Requests[Type]['out']>>({ value: null, error: null, subject: null });
  const asking = useRef<Asking | null>(null);
  useEffect(() => {
    const mine: Asking = { busy: false, again: false, over: false };
    asking.current = mine;
    return () => {
      mine.over = true;
    };
  }, [type, subject]);
  useEffect(() => {
    const mine = asking.current;
    if (mine === null) {
      return;
    }
    const ask = async () => {
      mine.busy = true;
      do {
        mine.again = false;
        const result = await workerClient().ask(type, params);
        if (mine.over) {
          return;
        }
        setAnswer((before) =>
          result.ok
            ? { value: result.value, error: null, subject }
            : { value: before.subject === subject ? before.value : null, error: result.error.message, subject },
        );
      } while (mine.again);
      mine.busy = false;
    };
    if (mine.busy) {
      mine.again = true;
    } else {
      void ask();
    }
    // The subject stands for `params`, which is a new object each time.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [type, subject, freshness]);
  return answer;
}

interface Asking {
  busy: boolean;
  /** Something fresher was asked for meanwhile. */
  again: boolean;
  over: boolean;
}
