/** The projects in this browser, newest edit first. */
import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Badge } from '../../ui/Badge.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { NameDialog } from '../dialogs/NameDialog.tsx';
import { deleteProject, listProjects, renameProject } from '../files/projects.ts';
import { navigate } from '../routes.ts';
import type { ProjectSummary } from '../../worker/contract.ts';
import styles from './Recent.module.css';

const ENTRIES = [
  { id: 'rename', label: 'Rename…', icon: <Pencil /> },
  { id: 'delete', label: 'Delete…', icon: <Trash2 />, danger: true },
];

export function Recent() {
  const [projects, setProjects] = useState<readonly ProjectSummary[] | null>(null);
  const [asked, setAsked] = useState<{ readonly act: string; readonly project: ProjectSummary } | null>(null);
  const refresh = useCallback(async () => setProjects(await listProjects()), []);
  useEffect(() => void refresh(), [refresh]);
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
            <Menu label={project.name} entries={ENTRIES} placement="bottom end" onAction={(act) => setAsked({ act, project })}>
              <IconButton size="small" label={`More for ${project.name}`} icon={<Ellipsis />} />
            </Menu>
          </li>
        ))}
      </ul>
      {asked?.act === 'rename' ? (
        <NameDialog
          name={asked.project.name}
          onClose={() => setAsked(null)}
          onName={(name) => void renameProject(asked.project.id, name).then(refresh)}
        />
      ) : null}
      <ConfirmDialog
        title={`Delete ${asked?.project.name ?? ''}?`}
        isOpen={asked?.act === 'delete'}
        confirmLabel="Delete"
        danger
        onClose={() => setAsked(null)}
        onConfirm={() => (asked === null ? undefined : void deleteProject(asked.project.id).then(refresh))}
      >
        Its files and its run are removed from this browser. This cannot be undone.
      </ConfirmDialog>
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
