/** Ctrl+K: actions, items of the graph, files and projects, by any part of their name. */
import { FileCode, FolderOpen, Search } from 'lucide-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components';
import { Kbd } from '../../ui/Kbd.tsx';
import { KindIcon } from '../../ui/KindChip.tsx';
import { labelOf } from '../actions/action.ts';
import { ACTIONS } from '../actions/registry.ts';
import { refreshProjects, useProjects } from '../files/projects.ts';
import { navigate } from '../routes.ts';
import { useSession } from '../session.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import { MODULE_YAML } from '../../model/project.ts';
import { closeDialog } from './dialog-store.ts';
import { matches } from './palette-match.ts';
import styles from './CommandPalette.module.css';

interface Found {
  readonly id: string;
  readonly label: string;
  readonly note: string | null;
  readonly keys: string | undefined;
  readonly icon: ReactNode;
  readonly run: () => void;
}
interface Section {
  readonly title: string;
  readonly found: readonly Found[];
}

export function CommandPalette() {
  useEffect(() => void refreshProjects(), []);
  const sections = useSections();
  const choose = (id: string) => {
    const chosen = sections.flatMap((section) => section.found).find((found) => found.id === id);
    closeDialog();
    // After the dialog gave the focus back, so that what the action focuses keeps it.
    setTimeout(() => chosen?.run());
  };
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={closeDialog} className={styles.overlay ?? ''}>
      <Modal className={styles.modal ?? ''}>
        <Dialog aria-label="Find or run a command" className={styles.dialog ?? ''}>
          <Autocomplete filter={matches}>
            {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- typing is what the palette is opened for */}
            <SearchField aria-label="Find or run a command" autoFocus className={styles.field ?? ''}>
              <Search aria-hidden="true" />
              <Input placeholder="Find or run a command" className={styles.input ?? ''} />
              <Kbd keys="Esc" />
            </SearchField>
            <ListBox
              aria-label="Found"
              className={styles.list ?? ''}
              selectionMode="none"
              onAction={(key) => choose(String(key))}
              renderEmptyState={() => <p className={styles.none}>Nothing has this name.</p>}
            >
              {sections.map((section) => (
                <ListBoxSection key={section.title} id={section.title}>
                  <Header className={styles.head}>{section.title}</Header>
                  {section.found.map((found) => (
                    <ListBoxItem
                      key={found.id}
                      id={found.id}
                      textValue={`${found.label} ${found.note ?? ''}`}
                      className={styles.item ?? ''}
                    >
                      <span className={styles.icon}>{found.icon}</span>
                      <span className={styles.label}>{found.label}</span>
                      {found.note === null ? null : <span className={styles.note}>{found.note}</span>}
                      {found.keys === undefined ? null : <Kbd keys={found.keys} />}
                    </ListBoxItem>
                  ))}
                </ListBoxSection>
              ))}
            </ListBox>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function useSections(): readonly Section[] {
  const projects = useProjects((state) => state.list) ?? [];
  const open = useSession((state) => state.phase === 'open');
  const graph = useDocument((state) => state.graph);
  const files = useDocument((state) => state.project.files);
  const current = useDocument((state) => state.id);
  const select = useView((state) => state.select);
  const setView = useView((state) => state.setView);
  const openFile = useView((state) => state.openFile);
  const actions = ACTIONS.filter((action) => action.keysOnly !== true && action.enabled()).map((action): Found => {
    const Icon = action.icon;
    return {
      id: `action:${action.id}`,
      label: labelOf(action),
      note: null,
      keys: action.keys[0],
      icon: Icon === undefined ? null : <Icon />,
      run: action.run,
    };
  });
  const nodes = graph.nodes.map((node): Found => ({
    id: `node:${node.id}`,
    label: node.title,
    note: node.type,
    keys: undefined,
    icon: <KindIcon kind={node.type} />,
    run: () => {
      setView('canvas');
      select([node.id]);
    },
  }));
  const paths = [...files]
    .filter(([, content]) => typeof content === 'string')
    .map(([path]): Found => ({
      id: `file:${path}`,
      label: path,
      note: null,
      keys: undefined,
      icon: <FileCode />,
      run: () => (path === MODULE_YAML ? setView('module') : openFile(path)),
    }));
  const others = projects
    .filter((project) => project.id !== current)
    .map((project): Found => ({
      id: `project:${project.id}`,
      label: project.name,
      note: 'project',
      keys: undefined,
      icon: <FolderOpen />,
      run: () => navigate({ type: 'project', project: project.id }),
    }));
  const all: readonly Section[] = [
    { title: 'Actions', found: actions },
    { title: 'On the canvas', found: open ? nodes : [] },
    { title: 'Files', found: open ? paths : [] },
    { title: 'Projects', found: others },
  ];
  return all.filter((section) => section.found.length > 0);
}
