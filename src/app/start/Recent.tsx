/** The projects in this browser, newest edit first. */
import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Badge } from '../../ui/Badge.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { openDialog } from '../dialogs/dialog-store.ts';
import { refreshProjects, useProjects } from '../files/projects.ts';
import { navigate } from '../routes.ts';
import styles from './Recent.module.css';

const ENTRIES = [
  { id: 'rename', label: 'Rename…', icon: <Pencil /> },
  { id: 'delete', label: 'Delete…', icon: <Trash2 />, danger: true },
];

export function Recent() {
  const projects = useProjects((state) => state.list);
  useEffect(() => void refreshProjects(), []);
  return (
    <section aria-label="Recent" className={styles.recent}>
      <h2 className={styles.head}>Recent</h2>
      {projects?.length === 0 ? (
        <p className={styles.none}>Nothing yet. Projects stay in this browser until you export or delete them.</p>
      ) : null}
      <ul className={styles.list}>
        {projects?.map((project) => (
          <li key={project.id} className={styles.item}>
            <AriaButton className={styles.open ?? ''} onPress={() => navigate({ type: 'project', project: project.id })}>
              <span className={styles.name}>{project.name}</span>
              {project.hasRun ? <Badge>run</Badge> : null}
              <span className={styles.when}>{editedWords(project.editedAt)}</span>
            </AriaButton>
            <Menu
              label={project.name}
              entries={ENTRIES}
              placement="bottom end"
              onAction={(act) =>
                openDialog({ type: act === 'rename' ? 'rename' : 'delete-project', project: project.id, name: project.name })
              }
            >
              <IconButton size="small" label={`More for ${project.name}`} icon={<Ellipsis />} />
            </Menu>
          </li>
        ))}
      </ul>
    </section>
  );
}

function editedWords(editedAt: number): string {
  const date = new Date(editedAt);
  const today = date.toDateString() === new Date().toDateString();
  return today
    ? date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
    : date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}
