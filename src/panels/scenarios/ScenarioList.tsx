/** One row a scenario. Arrow keys choose, Enter plays. */
import { CircleCheck, CircleDashed, CircleX, Clock3, LoaderCircle, TriangleAlert } from 'lucide-react';
import { ListBox, ListBoxItem, Text } from 'react-aria-components';
import type { FilePath } from '../../base/ids.ts';
import { scenarioName } from '../../model/scenario-files.ts';
import { playScenarios } from '../../state/scenario-plays.ts';
import type { ScenarioState, ScenarioStatus } from './scenario-words.ts';
import styles from './Scenarios.module.css';

const ICONS = {
  never: CircleDashed,
  faulty: TriangleAlert,
  waiting: Clock3,
  running: LoaderCircle,
  passed: CircleCheck,
  failed: CircleX,
  cancelled: CircleDashed,
  error: TriangleAlert,
} as const satisfies Record<ScenarioState, unknown>;

export interface ScenarioListProps {
  readonly scenarios: readonly FilePath[];
  readonly statuses: ReadonlyMap<FilePath, ScenarioStatus>;
  readonly selected: FilePath;
  readonly onSelect: (path: FilePath) => void;
}

export function ScenarioList({ scenarios, statuses, selected, onSelect }: ScenarioListProps) {
  const pathOf = (key: unknown) => scenarios.find((path) => path === key);
  return (
    <ListBox
      aria-label="Scenario files"
      className={styles.list ?? ''}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={[selected]}
      onSelectionChange={(keys) => {
        const path = pathOf(keys === 'all' ? selected : [...keys][0]);
        if (path !== undefined) {
          onSelect(path);
        }
      }}
      onAction={(key) => {
        const path = pathOf(key);
        if (path !== undefined) {
          void playScenarios([path]);
        }
      }}
    >
      {scenarios.map((path) => (
        <Row key={path} path={path} status={statuses.get(path)} />
      ))}
    </ListBox>
  );
}

function Row({ path, status }: { readonly path: FilePath; readonly status: ScenarioStatus | undefined }) {
  if (status === undefined) {
    return null;
  }
  const { state, words, outdated } = status;
  return (
    <ListBoxItem id={path} textValue={scenarioName(path)} className={styles.row ?? ''}>
      <StateIcon state={state} outdated={outdated} />
      <span className={styles.rowText}>
        <Text slot="label" className={styles.name ?? ''}>
          {scenarioName(path)}
        </Text>
        <Text slot="description" className={styles.words ?? ''}>
          {outdated ? `Outdated. ${words}` : words}
        </Text>
      </span>
    </ListBoxItem>
  );
}

export function StateIcon({ state, outdated }: { readonly state: ScenarioState; readonly outdated: boolean }) {
  const Icon = ICONS[state];
  return <Icon aria-hidden="true" className={`${styles.icon} ${outdated ? styles.outdated : styles[state]}`} />;
}
