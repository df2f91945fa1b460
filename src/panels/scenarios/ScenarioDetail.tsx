/** One scenario: what it is, what became of it, and from each thing that does not hold to what happened. */
import { Play, Square } from 'lucide-react';
import { useMemo } from 'react';
import type { FilePath } from '../../base/ids.ts';
import type { Project } from '../../model/project.ts';
import { textFile } from '../../model/project.ts';
import { parseScenario } from '../../scenario/parse-scenario.ts';
import { cancelScenarios, playScenarios, useScenarioPlays } from '../../state/scenario-plays.ts';
import type { RememberedVerdict } from '../../state/scenario-plays.ts';
import { useScenarioProblems } from '../../state/scenario-problems-store.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { PlaceLink } from '../run/PlaceLink.tsx';
import { StateIcon } from './ScenarioList.tsx';
import { ScenarioCompare } from './ScenarioCompare.tsx';
import { ScenarioVerdictView } from './ScenarioVerdictView.tsx';
import type { ScenarioState, ScenarioStatus } from './scenario-words.ts';
import styles from './Scenarios.module.css';

/** Then there is something to read that is not to be pushed out of view by what its reader has written. */
const IN_THE_WAY: readonly ScenarioState[] = ['failed', 'error', 'faulty'];

export interface ScenarioDetailProps {
  readonly path: FilePath;
  readonly status: ScenarioStatus;
  readonly project: Project;
}

interface RememberedProps {
  readonly path: FilePath;
  readonly remembered: RememberedVerdict;
  readonly words: string;
}

export function ScenarioDetail({ path, status, project }: ScenarioDetailProps) {
  const text = textFile(project, path);
  const parsed = useMemo(() => (text === null ? null : parseScenario(text, path)), [text, path]);
  const play = useScenarioPlays((state) => state.plays.get(path) ?? null);
  const remembered = useScenarioPlays((state) => state.remembered.get(path) ?? null);
  const running = useScenarioPlays((state) => (state.running?.path === path ? state.running : null));
  const title = parsed?.ok === true ? parsed.value.title : null;
  return (
    <section className={styles.detail} aria-label={`Scenario ${path}`}>
      <header className={styles.head}>
        <StateIcon state={status.state} outdated={status.outdated} />
        <h3 className={styles.title}>{title ?? path}</h3>
        <PlaceLink place={{ path, line: 1, column: 1 }} />
        {status.outdated ? <Badge tone="warn">Files have changed since</Badge> : null}
        <span className={styles.space} />
        {running !== null ? (
          <Button size="small" variant="line" icon={<Square />} isDisabled={running.cancelled} onPress={cancelScenarios}>
            Cancel
          </Button>
        ) : (
          <Button size="small" variant="line" icon={<Play />} onPress={() => void playScenarios([path])}>
            Play
          </Button>
        )}
      </header>
      <div className={styles.body}>
        {parsed?.ok === true && parsed.value.description !== null && !IN_THE_WAY.includes(status.state) ? (
          <p className={styles.description}>{parsed.value.description.trim()}</p>
        ) : null}
        {running?.type === 'play' ? (
          <p className={styles.progress}>{status.words}</p>
        ) : play === null && remembered !== null ? (
          <Remembered path={path} remembered={remembered} words={status.words} />
        ) : play === null ? (
          <Unplayed path={path} text={text ?? ''} />
        ) : (
          <ScenarioVerdictView path={path} answer={play.answer} />
        )}
        <ScenarioCompare path={path} files={project.files} progress={running?.type === 'compare' ? status.words : null} />
      </div>
    </section>
  );
}

/** Of an earlier page only this much is known. */
function Remembered({ path, remembered: { passed, first }, words }: RememberedProps) {
  return (
    <>
      <p className={styles.verdict}>
        {passed ? <b className={styles.passed}>Passed</b> : <b className={styles.failed}>Failed</b>}
        <span className={styles.quiet}>before this page was loaded. Play it again to see what is behind it.</span>
      </p>
      {passed ? null : (
        <p className={styles.message}>
          {first === null ? words : first.message} {first === null ? null : <PlaceLink place={{ path, line: first.line, column: 1 }} />}
        </p>
      )}
    </>
  );
}

function Unplayed({ path, text }: { readonly path: FilePath; readonly text: string }) {
  const all = useScenarioProblems((state) => state.problems);
  const problems = all.filter((problem) => problem.path === path);
  if (problems.length === 0) {
    return <p className={styles.quiet}>Not played yet. It takes no longer than its calls do, however much virtual time passes.</p>;
  }
  return (
    <ul className={styles.notes} aria-label="Problems of the file">
      {problems.map(({ severity, message, range }, index) => {
        const line = text.slice(0, range?.from ?? 0).split('\n').length;
        return (
          // Problems have no identity but their place in the list.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>
            <ErrorNote tone={severity === 'error' ? 'error' : 'warning'}>{message}</ErrorNote>{' '}
            <PlaceLink place={{ path, line, column: 1 }} />
          </li>
        );
      })}
    </ul>
  );
}
