/** Every action and its keys, from the table; and what the canvas itself answers to. */
import { Dialog } from '../../ui/Dialog.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { ACTIONS } from '../actions/registry.ts';
import type { ActionGroup } from '../actions/action.ts';
import { CANVAS_KEYS } from '../actions/canvas-keys.ts';
import { closeDialog } from './dialog-store.ts';
import styles from './dialogs.module.css';

const GROUPS: readonly ActionGroup[] = ['Edit', 'View', 'Run', 'Project', 'Help'];

export function ShortcutsDialog() {
  return (
    <Dialog title="Keyboard shortcuts" isOpen onClose={closeDialog} size="large">
      <p className={styles.lead}>Single letters act while canvas or dock has the focus, and no field or button has.</p>
      <div className={styles.columns}>
        {GROUPS.map((group) => (
          <Group key={group} title={group} rows={ACTIONS.filter((action) => action.group === group && action.keys.length > 0)} />
        ))}
        <Group title="On the canvas" rows={CANVAS_KEYS} />
      </div>
    </Dialog>
  );
}

interface Row {
  readonly id: string;
  readonly label: string;
  readonly keys: readonly string[];
  readonly help: string;
}

function Group({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) {
  return (
    <section className={styles.group}>
      <h3>{title}</h3>
      <dl>
        {rows.map((row) => (
          <div key={row.id} className={styles.shortcut} title={row.help}>
            <dt>{row.label}</dt>
            <dd>
              {row.keys.map((key) => (
                <Kbd key={key} keys={key} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
