/** The row over the editor: where one is, what the bars at the lines mean, and whether values stand beside them. */
import { useMemo } from 'react';
import { ChevronRight, Eye, EyeOff, Play, Square } from 'lucide-react';
import { ToggleButton } from 'react-aria-components';
import type { FilePath } from '../base/ids.ts';
import type { TextRange } from '../model/problem.ts';
import { isScript } from '../model/code-files.ts';
import { isScenarioFile } from '../model/scenario-files.ts';
import { useView } from '../state/document-store.ts';
import { cancelScenarios, showAndPlay, useScenarioPlays } from '../state/scenario-plays.ts';
import { useShownFunction } from '../state/shown-function.ts';
import { textNow } from '../state/text-now.ts';
import { useTrials } from '../state/trials-store.ts';
import { Tooltip } from '../ui/Tooltip.tsx';
import { fnRange, specName } from './function-outline.ts';
import { observedIn } from './observed-call.ts';
import styles from './CodeBar.module.css';

interface Crumb {
  readonly label: string;
  readonly range: TextRange | null;
}

export function CodeBar({ path }: { readonly path: FilePath }) {
  return (
    <div className={styles.bar}>
      <Crumbs path={path} />
      <span className={styles.space} />
      {isScenarioFile(path) ? <PlayScenario path={path} /> : null}
      <Legend path={path} />
      {isScript(path) ? <InlineValues /> : null}
    </div>
  );
}

function Crumbs({ path }: { readonly path: FilePath }) {
  const { fact } = useShownFunction();
  const folders = path.split('/').map((label): Crumb => ({ label, range: null }));
  const inside = useMemo((): readonly Crumb[] => {
    const text = textNow(path);
    return fact === null || fact.path !== path || text === null
      ? []
      : [
          { label: specName(fact, text), range: { from: fact.range.from, to: fact.range.from } },
          { label: 'fn', range: fnRange(fact, text) },
        ];
  }, [fact, path]);
  return (
    <nav className={styles.crumbs} aria-label="Place">
      {[...folders, ...inside].map(({ label, range }, index) => (
        // Parts of a path may repeat; their place names them.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={index} className={styles.crumb}>
          {index > 0 ? <ChevronRight aria-hidden="true" /> : null}
          {range === null ? (
            label
          ) : (
            <button type="button" className={styles.place} onClick={() => useView.getState().openFile(path, range)}>
              {label}
            </button>
          )}
        </span>
      ))}
    </nav>
  );
}

function PlayScenario({ path }: { readonly path: FilePath }) {
  const running = useScenarioPlays((state) => state.running?.path === path);
  return running ? (
    <button type="button" className={styles.act} onClick={cancelScenarios}>
      <Square aria-hidden="true" />
      Cancel
    </button>
  ) : (
    <button type="button" className={styles.act} onClick={() => showAndPlay(path)}>
      <Play aria-hidden="true" />
      Play this scenario
    </button>
  );
}

function Legend({ path }: { readonly path: FilePath }) {
  const on = useTrials((state) => state.inlineValues);
  const covered = useTrials((state) => observedIn(state.shown, path)?.result.coverage.some((file) => file.path === path) ?? false);
  if (!on || !covered) {
    return null;
  }
  return (
    <span className={styles.legend}>
      <span className={styles.sign}>
        <i className={styles.ran} aria-hidden="true" />
        ran
      </span>
      <span className={styles.sign}>
        <i className={styles.missed} aria-hidden="true" />
        not reached
      </span>
      <span className={styles.rule} />
    </span>
  );
}

function InlineValues() {
  const on = useTrials((state) => state.inlineValues);
  return (
    <Tooltip content={on ? 'Values of the last call stand beside the lines' : 'Show values of the last call beside the lines'}>
      <ToggleButton className={styles.toggle ?? ''} isSelected={on} onChange={() => useTrials.getState().toggleInlineValues()}>
        {on ? <Eye aria-hidden="true" /> : <EyeOff aria-hidden="true" />}
        <span className={styles.words}>Inline values {on ? 'on' : 'off'}</span>
      </ToggleButton>
    </Tooltip>
  );
}
