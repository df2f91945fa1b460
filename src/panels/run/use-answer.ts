/** One answer of the worker for a component: asked again when `key` changes; the old answer stays until the new one is there. */
import { useEffect, useState } from 'react';
import { workerClient } from '../../state/client.ts';
import type { RequestType, Requests } from '../../worker/contract.ts';

export interface Answer<T> {
  readonly value: T | null;
  readonly error: string | null;
  /** The key that `value` answers. */
  readonly key: string | null;
}

/** `key` names what is asked, together with how fresh it must be; null asks nothing. */
export function useAnswer<Type extends RequestType>(
  type: Type,
  params: Requests[Type]['in'],
  key: string | null,
): Answer<Requests[Type]['out']> {
  const [answer, setAnswer] = useState<Answer<Requests[Type]['out']>>({ value: null, error: null, key: null });
  useEffect(() => {
    if (key === null) {
      return undefined;
    }
    let current = true;
    const ask = async () => {
      const result = await workerClient().ask(type, params);
      if (current) {
        setAnswer((before) =>
          result.ok ? { value: result.value, error: null, key } : { value: before.value, error: result.error.message, key },
        );
      }
    };
    void ask();
    return () => {
      current = false;
    };
    // `key` stands for `params`, which is a new object each time.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [type, key]);
  return answer;
}
