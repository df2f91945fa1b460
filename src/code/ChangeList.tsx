/** What a change of the code means for the run: each function and state, what happens at once, and what after a restart. */
import { CircleX, Info, TriangleAlert } from 'lucide-react';
import { dangerOf, type CodeChange } from '../protocol/code-change.ts';
import { useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import { textFile } from '../model/project.ts';
import { Button } from '../ui/Button.tsx';
import { wordsOf } from './change-words.ts';
import styles from './ChangeList.module.css';

const ICONS = { 'fails-now': CircleX, 'fails-at-restart': TriangleAlert, none: Info } as const;

export function ChangeList({ changes, label }: { readonly changes: readonly CodeChange[]; readonly label: string }) {
  return (
    <ul className={styles.list} aria-label={label}>
      {changes.map((change) => (
        <ChangeRow key={keyOf(change)} change={change} />
      ))}
    </ul>
  );
}

function ChangeRow({ change }: { readonly change: CodeChange }) {
  const { what, now, restart } = wordsOf(change);
  const danger = dangerOf(change) ?? 'none';
  const Icon = ICONS[danger];
  const name = 'state' in change ? `${change.function} · ${change.state}` : change.function;
  return (
    <li className={styles.row}>
      <Icon className={styles[danger]} aria-hidden="true" />
      <span className={styles.subject}>
        <Button variant="link" onPress={() => reveal(change)}>
          {name}
        </Button>
        <span className={styles.what}>{what}</span>
      </span>
      <span className={styles.effects}>
        <span>
          <span className={styles.when}>Now</span> {now}
        </span>
        {restart === null ? null : (
          <span>
            <span className={styles.when}>After a restart</span> {restart}
          </span>
        )}
      </span>
    </li>
  );
}

function keyOf(change: CodeChange): string {
  return `${change.type}:${change.function}:${'state' in change ? change.state : ''}`;
}

/** Shows where the function declares the state; for one that it no longer has, the function. */
function reveal(change: CodeChange): void {
  const { facts, project } = useDocument.getState();
  const fact = facts.functions.find(({ typename }) => typename === change.function);
  const text = fact === undefined ? null : textFile(project, fact.path);
  if (fact === undefined || text === null) {
    return;
  }
  const spec = text.slice(fact.range.from, fact.range.to);
  const state = 'state' in change ? new RegExp(`(['"\`])${change.state}\\1`).exec(spec) : null;
  const from = fact.range.from + (state?.index ?? 0);
  useView.getState().openFile(fact.path, { from, to: state === null ? from : from + state[0].length });
}
