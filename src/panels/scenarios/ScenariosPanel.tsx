/** The project's scenarios: what became of each, and what there is to see of the one that is chosen. */
import { CirclePlus, Play, Square } from 'lucide-react';
import { useMemo } from 'react';
import { addScenario } from '../../commands/add-scenario.ts';
import type { FilePath } from '../../base/ids.ts';
import type { Project } from '../../model/project.ts';
import { isScenarioFile, scenarioTexts } from '../../model/scenario-files.ts';
import { runCommand, useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import { useFilePaths } from '../../state/file-paths.ts';
import { cancelScenarios, playAll, selectScenario, useScenarioPlays } from '../../state/scenario-plays.ts';
import { useScenarioProblems } from '../../state/scenario-problems-store.ts';
import { Button } from '../../ui/Button.tsx';
import type { ButtonVariant } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatUnits } from '../run/format-count.ts';
import { PanelFrame } from '../run/PanelFrame.tsx';
import cells from '../run/cells.module.css';
import { ScenarioDetail } from './ScenarioDetail.tsx';
import { ScenarioList } from './ScenarioList.tsx';
import { scenarioStatus } from './scenario-words.ts';
import type { ScenarioStatus } from './scenario-words.ts';
import { useSettledProject } from './settled-project.ts';
import styles from './Scenarios.module.css';

export function ScenariosPanel() {
  const paths = useFilePaths();
  const scenarios = useMemo(() => paths.filter(isScenarioFile).toSorted(), [paths]);
  const selected = useScenarioPlays((state) => state.selected);
  const project = useSettledProject();
  const statuses = useStatuses(scenarios, project);
  const shown = scenarios.find((path) => path === selected) ?? scenarios[0];
  const status = shown === undefined ? undefined : statuses.get(shown);
  if (shown === undefined || status === undefined) {
    return (
      <PanelFrame name="Scenarios">
        <EmptyState action={<NewScenario variant="line" />}>
          A scenario is a test of this project in virtual time: records go in, things go wrong, and what has to hold is looked at. A call
          that was tried in the bench becomes one with “Save as expectation”.
        </EmptyState>
      </PanelFrame>
    );
  }
  return (
    <PanelFrame name="Scenarios" tools={<Tools statuses={statuses} />}>
      <div className={styles.split}>
        <ScenarioList scenarios={scenarios} statuses={statuses} selected={shown} onSelect={selectScenario} />
        <ScenarioDetail key={shown} path={shown} status={status} project={project} />
      </div>
    </PanelFrame>
  );
}

function useStatuses(scenarios: readonly FilePath[], { files }: Project): ReadonlyMap<FilePath, ScenarioStatus> {
  const { plays, remembered, running } = useScenarioPlays();
  const problems = useScenarioProblems((state) => state.problems);
  return useMemo(
    () =>
      new Map(
        scenarios.map((path) => [
          path,
          scenarioStatus({
            path,
            play: plays.get(path) ?? null,
            remembered: remembered.get(path) ?? null,
            running,
            problems: problems.filter((problem) => problem.path === path),
            files,
          }),
        ]),
      ),
    [scenarios, plays, remembered, running, problems, files],
  );
}

function Tools({ statuses }: { readonly statuses: ReadonlyMap<FilePath, ScenarioStatus> }) {
  const busy = useScenarioPlays((state) => state.running !== null);
  const cancelled = useScenarioPlays((state) => state.running?.cancelled === true);
  return (
    <>
      <span className={cells.faint} role="status">
        {countWords([...statuses.values()])}
      </span>
      <span className={cells.space} />
      <NewScenario />
      {busy ? (
        <Button size="small" icon={<Square />} isDisabled={cancelled} onPress={cancelScenarios}>
          Cancel
        </Button>
      ) : (
        <Button size="small" icon={<Play />} onPress={() => void playAll()}>
          Play all
        </Button>
      )}
    </>
  );
}

function countWords(statuses: readonly ScenarioStatus[]): string {
  const count = (...states: readonly ScenarioStatus['state'][]) =>
    statuses.filter(({ state, outdated }) => !outdated && states.includes(state)).length;
  const parts = [
    [count('passed'), 'passed'],
    [count('failed'), 'failed'],
    [count('error', 'faulty'), 'cannot be played'],
    [statuses.filter(({ outdated }) => outdated).length, 'outdated'],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  const all = formatUnits(statuses.length, 'scenario');
  return told.length === 0 ? all : `${all}: ${told.join(', ')}`;
}

function NewScenario({ variant = 'quiet' }: { readonly variant?: ButtonVariant }) {
  const readOnly = useDocument((state) => state.save === 'read-only');
  const add = () => {
    const before = new Set(scenarioTexts(useDocument.getState().project).map(([path]) => path));
    runCommand('New scenario', addScenario);
    const made = scenarioTexts(useDocument.getState().project).find(([path]) => !before.has(path))?.[0];
    if (made !== undefined) {
      selectScenario(made);
      useView.getState().openFile(made);
      useView.getState().setDock(true, 'scenarios');
    }
  };
  return (
    <Button size={variant === 'quiet' ? 'small' : 'normal'} variant={variant} icon={<CirclePlus />} isDisabled={readOnly} onPress={add}>
      New scenario
    </Button>
  );
}
