/** What became of a request to a service, and the way to a stub where none answered. */
import type { FetchRecord } from '../../protocol/call.ts';
import { Button } from '../../ui/Button.tsx';
import { prettyJson } from './json-tokens.ts';
import { makeStub } from './make-stub.ts';
import { ValueCode } from './ValueCode.tsx';
import { formatDuration } from './virtual-clock.ts';
import styles from './MessageInspector.module.css';

/** `id`: of the address whose function asked. */
export function FetchOutcome({ fetched, id }: { readonly fetched: FetchRecord; readonly id: string | undefined }) {
  const { status, stub, latencyMillis, body } = fetched;
  if (stub !== null) {
    return (
      <span className={styles.faint}>
        {status === 0 ? `no answer after ${formatDuration(latencyMillis)}` : `${status}, ${formatDuration(latencyMillis)}`}, by {stub}
      </span>
    );
  }
  return (
    <>
      {body === undefined || body === null || body === '' ? null : <ValueCode text={prettyJson(body)} label="Request body" />}
      <span className={styles.unanswered}>
        no stub answered
        <Button variant="line" size="small" onPress={() => makeStub(id === undefined ? fetched : { ...fetched, id })}>
          Make a stub
        </Button>
      </span>
    </>
  );
}
