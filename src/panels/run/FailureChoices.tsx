/** The ways on from a failure: mend and go on, try again, go on as the engine would, or leave the message out. */
import { createContext, useContext, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { FetchRecord } from '../../protocol/call.ts';
import type { PausedFailure } from '../../runtime/engine-api.ts';
import { useBench } from '../../state/bench-store.ts';
import { workerClient } from '../../state/client.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import { runActions } from '../../state/run-controller.ts';
import { latestProjection, useRun } from '../../state/run-store.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import type { ButtonProps } from '../../ui/Button.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import type { RunStatus } from '../../worker/contract.ts';
import { openPlace } from './code-places.ts';
import type { MendPlace } from './failure-place.ts';
import { engineWould } from './failure-words.ts';
import type { FailureWords } from './failure-words.ts';
import { makeStub } from './make-stub.ts';
import { retryFailure } from './retry-failure.ts';
import styles from './FailureBanner.module.css';

/** In little room explanations stand in tooltips. */
const Compact = createContext(false);
/** What the buttons of a choice lead to. */
const Explanation = createContext('');

export function FailureChoices({
  status,
  failure,
  words,
  mend,
  compact,
}: {
  readonly status: RunStatus;
  readonly failure: PausedFailure;
  readonly words: FailureWords;
  readonly mend: MendPlace;
  /** Explanations stand in tooltips. */
  readonly compact: boolean;
}) {
  return (
    <Compact value={compact}>
      <div className={compact ? styles.shortChoices : styles.choices}>
        <MendChoice
          key={`${failure.at}:${failure.call}`}
          words={words}
          mend={mend}
          failure={failure}
          unanswered={status.error?.unanswered ?? null}
        />
        <TryFailed failure={failure} />
        <Choice explanation={engineWould(failure.failure, status.settings, latestProjection()?.checkpoint?.id ?? null)}>
          <ChoiceButton variant="line" onPress={() => void runActions.decide('as-engine')}>
            Continue as the engine would
          </ChoiceButton>
        </Choice>
        {isOfJobItself(failure) ? null : (
          <Choice explanation={`Goes on without ${subject(failure)}.`} mark={<Badge tone="warn">an act StateFun does not have</Badge>}>
            <ChoiceButton variant="line" onPress={() => void runActions.decide('drop')}>
              {failure.record !== null && failure.messages.length === 0
                ? 'Drop the record'
                : failure.messages.length > 1
                  ? 'Drop the batch'
                  : 'Drop the message'}
            </ChoiceButton>
          </Choice>
        )}
      </div>
    </Compact>
  );
}

/** The call in the bench: there it can be changed and made again, and the run stays where it is. */
function TryFailed({ failure: { address, call } }: { readonly failure: PausedFailure }) {
  const known = useDocument((document) => address !== null && document.facts.functions.some((fact) => fact.typename === address.typename));
  if (address === null || call === null || !known) {
    return null;
  }
  const open = async () => {
    const activity = await workerClient().ask('read-function-activity', { typenames: [address.typename] });
    useBench.getState().open(address.typename, activity.ok ? (activity.value[0]?.lastError?.seq ?? null) : null);
  };
  return (
    <Choice explanation="Opens the call beside its code, with its message and state: change it, run it again. The run waits.">
      <ChoiceButton variant="line" onPress={() => void open()}>
        Try this call
      </ChoiceButton>
    </Choice>
  );
}

/** A failure that no message and no record stands for: there is nothing to leave out. */
function isOfJobItself({ address, record }: PausedFailure): boolean {
  return address === null && record === null;
}

interface MendProps {
  readonly mend: MendPlace;
  readonly failure: PausedFailure;
  /** The request that no stub answered, if the call made one. */
  readonly unanswered: FetchRecord | null;
}

function MendChoice({ words, mend, failure, unanswered }: MendProps & { readonly words: FailureWords }) {
  if (words.place === 'record' || words.place === 'none') {
    return null;
  }
  if (words.place === 'module') {
    return (
      <Choice explanation="module.yaml takes effect when the run starts over: Reset begins again with empty state.">
        <ChoiceButton variant="primary" onPress={() => openMend(mend)}>
          Open module.yaml
        </ChoiceButton>
        <ChoiceButton variant="line" onPress={() => void runActions.reset()}>
          Reset
        </ChoiceButton>
      </Choice>
    );
  }
  if (words.place === 'server') {
    return <ServerChoice failure={failure} />;
  }
  return <CodeChoice mend={mend} failure={failure} unanswered={unanswered} />;
}

/** The server is not the Studio's: it is started or mended elsewhere, and asked again; or it is found at another URL. */
function ServerChoice({ failure }: { readonly failure: PausedFailure }) {
  const graph = useDocument((document) => document.graph);
  const node = graph.nodes.find((item) => item.type === 'function' && item.typename === failure.address?.typename);
  const endpoint = node?.type === 'function' ? node.endpoint : null;
  return (
    <Choice explanation={`Sends ${subject(failure)} again, to the URL of now and with the state of before.`}>
      <ChoiceButton variant="primary" onPress={() => void runActions.decide('retry')}>
        Retry now
      </ChoiceButton>
      {endpoint === null ? null : (
        <ChoiceButton
          variant="line"
          onPress={() =>
            useView.getState().select([node?.type === 'function' && node.remote?.functions === node.typename ? node.id : endpoint])
          }
        >
          Show its URL
        </ChoiceButton>
      )}
    </Choice>
  );
}

/** After *Mend and go on* the first code that is applied is tried at once; else the choice stays with the user. */
function CodeChoice({ mend, failure, unanswered }: MendProps) {
  const code = useRun((run) => run.status?.code ?? null);
  const [failedCode] = useState(code);
  const [mending, setMending] = useState<'code' | 'stub' | null>(null);
  const applied = code !== failedCode;
  useEffect(() => {
    if (mending !== null && applied) {
      void runActions.decide('retry');
    }
  }, [mending, applied]);
  return (
    <Choice
      explanation={
        unanswered !== null && mending === null && !applied
          ? stubExplanation(subject(failure), unanswered)
          : codeExplanation(subject(failure), mend !== null, mending, applied)
      }
      told={mending !== null || applied}
    >
      {unanswered === null ? null : (
        <ChoiceButton
          variant={applied ? 'line' : 'primary'}
          onPress={() => {
            setMending(applied ? null : 'stub');
            makeStub(failure.address === null ? unanswered : { ...unanswered, id: failure.address.id });
          }}
        >
          Make a stub
        </ChoiceButton>
      )}
      {mend === null ? null : (
        <ChoiceButton
          variant={applied || unanswered !== null ? 'line' : 'primary'}
          onPress={() => {
            setMending(applied ? null : 'code');
            openMend(mend);
          }}
        >
          Mend and go on
        </ChoiceButton>
      )}
      <ChoiceButton variant={applied ? 'primary' : 'line'} onPress={() => void retryFailure()}>
        Retry now
      </ChoiceButton>
    </Choice>
  );
}

function stubExplanation(what: string, { method, url }: FetchRecord): string {
  return `Writes a rule for ${method} ${shortUrl(url)} into stubs/ and opens it. With Ctrl+S the answer is applied and ${what} sent again.`;
}

function shortUrl(url: string): string {
  return url.length > 80 ? `${url.slice(0, 79)}…` : url;
}

function codeExplanation(what: string, canOpen: boolean, mending: 'code' | 'stub' | null, applied: boolean): string {
  if (applied) {
    return `New code is applied. Retry now sends ${what} again, with the state of before.`;
  }
  if (mending !== null) {
    return `${mending === 'stub' ? 'Write the answer' : 'Correct the code'} and press Ctrl+S: ${what} will be sent again at once.`;
  }
  return `${canOpen ? 'Opens the code; with' : 'With'} Ctrl+S the corrected code is applied. Retry now sends ${what} again, with the code of now and the state of before.`;
}

function Choice({
  explanation,
  told = false,
  mark,
  children,
}: {
  readonly explanation: string;
  /** It says what to do now, and is told in little room as well. */
  readonly told?: boolean;
  readonly mark?: ReactNode;
  readonly children: ReactNode;
}) {
  const compact = useContext(Compact);
  return (
    <div className={compact ? styles.shortChoice : styles.choice}>
      <div className={styles.buttons}>
        <Explanation value={explanation}>{children}</Explanation>
        {mark}
      </div>
      {compact && !told ? null : <p className={styles.explanation}>{explanation}</p>}
    </div>
  );
}

function ChoiceButton(props: ButtonProps) {
  const explanation = useContext(Explanation);
  const compact = useContext(Compact);
  return compact ? (
    <Tooltip content={explanation}>
      <Button {...props} size="small" />
    </Tooltip>
  ) : (
    <Button {...props} />
  );
}

function subject(failure: PausedFailure): string {
  if (failure.messages.length > 1) {
    return `these ${failure.messages.length} messages`;
  }
  return failure.messages.length === 1 || failure.record === null ? 'this message' : 'this record';
}

function openMend(mend: MendPlace): void {
  switch (mend?.type) {
    case 'line':
      openPlace(mend.place);
      return;
    case 'function':
      useView.getState().openFile(mend.path, { from: mend.from, to: mend.to });
      return;
    case 'module':
      useView.getState().setView('module');
      return;
    case undefined:
      return;
  }
}
