/** Who answers the calls of an endpoint's functions, or of one function, in a run: code in the Studio, or the user's own server. */
import { useEffect, useState } from 'react';
import { setRemote } from '../../commands/set-remote.ts';
import { remoteUrlProblem } from '../../model/remote-target.ts';
import { REMOTE_TIMEOUT_MILLIS } from '../../model/studio-file.ts';
import type { RemoteEndpoint } from '../../model/studio-file.ts';
import { workerClient } from '../../state/client.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useRemoteConsent } from '../../state/remote-consent.ts';
import { useRun } from '../../state/run-store.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { TextField } from '../../ui/TextField.tsx';
import type { Requests } from '../../worker/contract.ts';
import { perform } from './inspect-actions.ts';
import { RemoteCompare } from './RemoteCompare.tsx';
import styles from './Inspector.module.css';

const WHERE = [
  { id: 'studio', label: 'In the Studio' },
  { id: 'remote', label: 'Remote' },
] as const;

export interface RemoteSectionProps {
  /** The endpoint's pattern, or the typename of one function. */
  readonly functions: string;
  /** The setting for exactly these functions. */
  readonly remote: RemoteEndpoint | null;
  readonly urlPathTemplate: string;
  readonly readOnly: boolean;
}

export function RemoteSection({ functions, remote, urlPathTemplate, readOnly }: RemoteSectionProps) {
  const change = (part: { readonly url?: string | null; readonly timeoutMillis?: number } | null) =>
    perform(part === null ? `Answer ${functions} in the Studio` : `Answer ${functions} remotely`, (context) =>
      setRemote(context, { functions, remote: part }),
    );
  return (
    <section className={`${styles.list} ${styles.calls}`} aria-label="Calls in a run">
      <div className={styles.listHead}>
        <h3>Calls in a run</h3>
        <SegmentedControl
          size="small"
          label="Answered"
          items={WHERE}
          value={remote === null ? 'studio' : 'remote'}
          isDisabled={readOnly}
          onChange={(where) => change(where === 'studio' ? null : {})}
        />
      </div>
      {remote === null ? (
        <p className={styles.note}>
          Answered by the code of this project. <b>Remote</b> sends the same protobuf over HTTP to a function server of yours, in whatever
          language; virtual time and everything else stay as they are.
        </p>
      ) : (
        <div className={styles.remote}>
          <Remote remote={remote} urlPathTemplate={urlPathTemplate} readOnly={readOnly} change={change} />
          {readOnly ? null : <RemoteCompare functions={functions} />}
        </div>
      )}
    </section>
  );
}

interface RemoteProps {
  readonly remote: RemoteEndpoint;
  readonly urlPathTemplate: string;
  readonly readOnly: boolean;
  readonly change: (part: { readonly url?: string | null; readonly timeoutMillis?: number }) => boolean;
}

function Remote({ remote, urlPathTemplate, readOnly, change }: RemoteProps) {
  // Asked again when an edit is saved, when a run begins or ends, and when calls were allowed.
  const save = useDocument((state) => state.save);
  const running = useRun((state) => state.status !== null);
  const allowed = useRemoteConsent((state) => state.allowed);
  const url = remote.url ?? urlPathTemplate;
  const problem = urlWords(url);
  return (
    <>
      <TextField
        label="URL on this machine"
        hint={remote.url === null ? 'as in production' : 'here only'}
        description="Where this machine reaches the server; {function.name} stands for the function’s name. Kept in studio.json, which production never reads."
        mono
        type="url"
        value={remote.url ?? ''}
        placeholder={urlPathTemplate}
        error={problem ?? undefined}
        isReadOnly={readOnly}
        check={(text) => (text.trim() === '' ? null : urlWords(text.trim()))}
        onCommit={(text) => change({ url: text.trim() === '' ? null : text.trim() })}
      />
      <NumberField
        label="Time limit of a request"
        hint="real time"
        unit="ms"
        minValue={1}
        maxValue={86_400_000}
        step={1}
        value={remote.timeoutMillis}
        isReadOnly={readOnly}
        onChange={(timeoutMillis) => change({ timeoutMillis: timeoutMillis ?? REMOTE_TIMEOUT_MILLIS })}
      />
      {problem === null ? <Reach key={`${save} ${running} ${allowed} ${url}`} url={url} running={running} /> : null}
    </>
  );
}

/** What is wrong with a URL, as a sentence. */
function urlWords(url: string): string | null {
  const problem = remoteUrlProblem(url);
  return problem === null ? null : `${problem[0]?.toUpperCase()}${problem.slice(1)}.`;
}

/** Whether calls can go out from here, and what happens at the next start. */
function Reach({ url, running }: { readonly url: string; readonly running: boolean }) {
  const [reach, setReach] = useState<Requests['remote-status']['out'] | null>(null);
  useEffect(() => {
    let current = true;
    void workerClient()
      .ask('remote-status', {})
      .then((answer) => {
        if (current && answer.ok) {
          setReach(answer.value);
        }
      });
    return () => {
      current = false;
    };
  }, []);
  if (reach === null) {
    return null;
  }
  if (!reach.relay) {
    return (
      <ErrorNote tone="warning">
        This copy of the Studio is served without its relay, so a browser cannot reach function servers. Run <code>npm start</code> in a
        clone on this machine, or use <code>statefun-studio simulate --remote</code>.
      </ErrorNote>
    );
  }
  const known = reach.remotes.find((remote) => remote.url === url);
  return (
    <p className={styles.note}>
      {/* The URL that holds, which is not the one above it while that is refused. */}
      {known?.confirmed === true ? (
        <>
          You allowed calls to <code className={styles.url}>{url}</code> on this machine.
        </>
      ) : (
        <>
          You are asked before the first call goes to <code className={styles.url}>{url}</code>.
        </>
      )}{' '}
      {running ? 'Which functions are remote takes effect at Reset, another URL or limit with the next Play or Retry.' : ''}
    </p>
  );
}
