import { ChevronDown, CircleX, Play, Search, Square, TriangleAlert } from 'lucide-react';
import { Button } from '../../ui/Button.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Menu } from '../../ui/Menu.tsx';
import type { MenuEntry } from '../../ui/Menu.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { ActionButton, ActionIconButton } from '../actions/ActionButton.tsx';
import { labelOf } from '../actions/action.ts';
import { actionOf } from '../actions/registry.ts';
import { useAllProblems } from '../../state/all-problems.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import { useRun } from '../../state/run-store.ts';
import { Logo } from './Logo.tsx';
import { SaveState } from './SaveState.tsx';
import styles from './TopBar.module.css';

const VIEWS = [
  { id: 'canvas', label: 'Canvas' },
  { id: 'code', label: 'Code' },
  { id: 'module', label: 'module.yaml' },
] as const;

const PROJECT_MENU = [
  ['rename-project', 'duplicate-project', 'close-project'],
  ['import', 'import-folder', 'export', 'settings'],
  ['theme', 'shortcuts', 'about'],
  ['delete-project'],
] as const;

export function TopBar() {
  const running = useRun((state) => state.status !== null);
  const dockOpen = useView((state) => state.dockOpen);
  const view = useView((state) => state.view);
  const setView = useView((state) => state.setView);
  return (
    <header className={styles.bar}>
      <Logo />
      <ProjectMenu />
      <SaveState />
      <span className={styles.rule} />
      <span className={styles.pair}>
        <ActionIconButton id="undo" />
        <ActionIconButton id="redo" />
      </span>
      <span className={styles.grow} />
      <CommandField />
      <span className={styles.grow} />
      <SegmentedControl label="View" items={VIEWS} value={view} onChange={setView} />
      <ActionIconButton id="dock" pressed={dockOpen} />
      <span className={styles.rule} />
      <ProblemCounts />
      <span className={styles.rule} />
      <ActionButton id="simulate" variant="line" icon={running ? Square : Play} />
      <ActionButton id="export" variant="primary" />
    </header>
  );
}

function ProjectMenu() {
  const name = useDocument((state) => state.name);
  return (
    <Menu label="Project" entries={projectEntries()} onAction={(id) => actionOf(id).run()}>
      <Button className={styles.project}>
        <span className={styles.name}>{name}</span>
        <ChevronDown aria-hidden="true" />
      </Button>
    </Menu>
  );
}

function projectEntries(): MenuEntry[] {
  return PROJECT_MENU.flatMap((group, index): MenuEntry[] => [
    ...(index === 0 ? [] : [{ separator: `rule-${index}` }]),
    ...group.map((id): MenuEntry => {
      const action = actionOf(id);
      const Icon = action.icon;
      return {
        id,
        label: labelOf(action),
        keys: action.keys[0],
        icon: Icon === undefined ? null : <Icon />,
        isDisabled: !action.enabled(),
        danger: id === 'delete-project',
      };
    }),
  ]);
}

function CommandField() {
  const palette = actionOf('palette');
  return (
    <Button className={styles.search} onPress={palette.run} icon={<Search aria-hidden="true" />}>
      <span className={styles.searchText}>{palette.label}</span>
      <Kbd keys="Ctrl+K" />
    </Button>
  );
}

function ProblemCounts() {
  const problems = useAllProblems();
  const setDock = useView((state) => state.setDock);
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const warnings = problems.filter((problem) => problem.severity === 'warning').length;
  return (
    <Button
      className={styles.problems}
      aria-label={`${count(errors, 'error')}, ${count(warnings, 'warning')}: show Problems`}
      onPress={() => setDock(true, 'problems')}
    >
      <CircleX className={errors === 0 ? styles.none : styles.error} aria-hidden="true" />
      <span>{errors}</span>
      <TriangleAlert className={warnings === 0 ? styles.none : styles.warning} aria-hidden="true" />
      <span>{warnings}</span>
    </Button>
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
