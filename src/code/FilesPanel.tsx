/** The project's files as a tree: open, add, rename, delete. Every change is an edit, so it can be undone. */
import { useMemo, useState } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import { CircleX, Folder, FolderOpen, Pencil, Plus, Trash2, TriangleAlert } from 'lucide-react';
import { Button as AriaButton, Tree, TreeItem, TreeItemContent } from 'react-aria-components';
import type { Key } from 'react-aria-components';
import type { FilePath } from '../base/ids.ts';
import { filePath } from '../base/ids.ts';
import { moveFile } from '../commands/move-file.ts';
import { useAllProblems } from '../state/all-problems.ts';
import { runCommand, useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import { useFilePaths } from '../state/file-paths.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { TextField } from '../ui/TextField.tsx';
import { FileIcon } from './FileIcon.tsx';
import { FileMenu } from './FileMenu.tsx';
import type { FileAct, FileMenuPlace } from './FileMenu.tsx';
import { copyPath, fileTree, foldersOf, pathProblem } from './file-tree.ts';
import type { FileNode } from './file-tree.ts';
import { useOpenFiles } from '../state/open-files.ts';
import styles from './FilesPanel.module.css';

type Asking = { readonly type: 'add'; readonly folder: string } | { readonly type: 'rename'; readonly path: FilePath } | null;

export function FilesPanel() {
  const paths = useFilePaths();
  const current = useView((state) => state.file);
  const readOnly = useDocument((state) => state.save === 'read-only');
  const nodes = useMemo(() => fileTree(paths), [paths]);
  const [asking, setAsking] = useState<Asking>(null);
  const [expanded, setExpanded] = useState<ReadonlySet<Key>>(
    () => new Set(nodes.filter((node) => node.children.length > 0).map((node) => node.key)),
  );
  // The folders of a file that is opened open with it, so that the tree shows where one is; closed again, they stay closed.
  const [shown, setShown] = useState<FilePath | null>(null);
  if (current !== shown) {
    setShown(current);
    setExpanded(new Set([...expanded, ...(current === null ? [] : foldersOf(current))]));
  }

  const open = (key: string) => {
    const path = filePath(key);
    if (typeof useDocument.getState().project.files.get(path) === 'string') {
      useView.getState().openFile(path);
    }
  };
  const [menu, setMenu] = useState<FileMenuPlace | null>(null);
  const remove = (path: FilePath) => useDocument.getState().edit(`Delete ${path}`, [{ type: 'delete', path }]);
  const act = (id: FileAct, key: string) => {
    switch (id) {
      case 'add':
        return setAsking({ type: 'add', folder: key });
      case 'rename':
        return setAsking({ type: 'rename', path: filePath(key) });
      case 'duplicate':
        return duplicateFile(filePath(key));
      case 'delete':
        return remove(filePath(key));
    }
  };
  const press = (event: KeyboardEvent) => {
    const key = keyOfRow(event.target);
    const id = event.key === 'F2' ? 'rename' : event.key === 'Delete' ? 'delete' : null;
    if (key !== null && id !== null && !readOnly && paths.includes(filePath(key))) {
      event.preventDefault();
      act(id, key);
    }
  };
  const openMenu = (event: MouseEvent) => {
    const key = keyOfRow(event.target);
    if (key !== null && !readOnly) {
      event.preventDefault();
      setMenu({ key, isFolder: !paths.includes(filePath(key)), x: event.clientX, y: event.clientY });
    }
  };

  return (
    <div className={styles.panel}>
      <div className={styles.head}>
        <h2>Files</h2>
        <IconButton
          label="Add a file"
          icon={<Plus />}
          size="small"
          isDisabled={readOnly}
          onPress={() => setAsking({ type: 'add', folder: 'functions' })}
        />
        {current !== null && paths.includes(current) && !readOnly ? (
          <>
            <IconButton
              label={`Rename ${current}`}
              icon={<Pencil />}
              size="small"
              onPress={() => setAsking({ type: 'rename', path: current })}
            />
            <IconButton label={`Delete ${current}`} icon={<Trash2 />} size="small" onPress={() => remove(current)} />
          </>
        ) : null}
      </div>
      {/* The tree has the focus and its keys; these are of its rows. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div className={styles.rows} onContextMenu={openMenu} onKeyDown={press}>
        <Tree
          aria-label="Files"
          className={styles.tree ?? ''}
          items={nodes}
          expandedKeys={expanded}
          onExpandedChange={setExpanded}
          selectionMode="single"
          selectedKeys={current === null ? [] : [current]}
          onSelectionChange={(keys) => {
            const [key] = keys === 'all' ? [] : [...keys];
            if (key !== undefined) {
              open(String(key));
            }
          }}
          onAction={(key) => open(String(key))}
        >
          {(node) => <FileRow key={node.key} node={node} />}
        </Tree>
      </div>
      {menu === null ? null : <FileMenu place={menu} onAct={(id) => act(id, menu.key)} onClose={() => setMenu(null)} />}
      {asking === null ? null : <PathDialog asking={asking} onClose={() => setAsking(null)} />}
    </div>
  );
}

/** The row that an event came from: React Aria names each by its key. */
function keyOfRow(target: EventTarget): string | null {
  return target instanceof Element ? (target.closest('[role="row"]')?.getAttribute('data-key') ?? null) : null;
}

function duplicateFile(path: FilePath): void {
  const document = useDocument.getState();
  const content = document.project.files.get(path);
  if (content !== undefined) {
    const copy = copyPath(path, document.project.files);
    document.edit(`Duplicate ${path}`, [{ type: 'create', path: copy, content }]);
    useView.getState().openFile(copy);
  }
}

function FileRow({ node }: { readonly node: FileNode }) {
  const folder = node.children.length > 0;
  return (
    <TreeItem id={node.key} textValue={node.name} className={styles.item ?? ''}>
      <TreeItemContent>
        {({ isExpanded }) => (
          <span className={styles.content}>
            {folder ? <AriaButton slot="chevron" className={styles.chevron ?? ''} /> : <span className={styles.leaf} />}
            <NodeIcon node={node} expanded={isExpanded} />
            <span className={styles.name}>{node.name}</span>
            {folder && isExpanded ? null : <ProblemBadge path={node.key} folder={folder} />}
          </span>
        )}
      </TreeItemContent>
      {node.children.map((child) => (
        <FileRow key={child.key} node={child} />
      ))}
    </TreeItem>
  );
}

function NodeIcon({ node, expanded }: { readonly node: FileNode; readonly expanded: boolean }) {
  if (node.children.length === 0) {
    return <FileIcon path={node.key} className={styles.icon} />;
  }
  const Icon = expanded ? FolderOpen : Folder;
  return <Icon aria-hidden="true" className={styles.icon} />;
}

/** The worst that is known of a file, or of what a closed folder holds. */
function ProblemBadge({ path, folder }: { readonly path: string; readonly folder: boolean }) {
  const problems = useAllProblems();
  const own = problems.filter((problem) => (folder ? problem.path?.startsWith(`${path}/`) : problem.path === path));
  const error = own.some((problem) => problem.severity === 'error');
  if (!error && !own.some((problem) => problem.severity === 'warning')) {
    return null;
  }
  const Icon = error ? CircleX : TriangleAlert;
  return <Icon className={error ? styles.error : styles.warning} role="img" aria-label={error ? 'has errors' : 'has warnings'} />;
}

function PathDialog({ asking, onClose }: { readonly asking: NonNullable<Asking>; readonly onClose: () => void }) {
  const [text, setText] = useState<string>(asking.type === 'add' ? `${asking.folder}/` : asking.path);
  const files = useDocument((state) => state.project.files);
  const [refusal, setRefusal] = useState<string | null>(null);
  const problem = asking.type === 'rename' && text === asking.path ? null : (pathProblem(text, files) ?? refusal);
  const commit = () => {
    if (problem !== null) {
      return;
    }
    const path = filePath(text);
    const document = useDocument.getState();
    if (asking.type === 'add') {
      document.edit(`Add ${path}`, [{ type: 'create', path, content: '' }]);
    } else if (path !== asking.path) {
      const [refused] = runCommand(`Rename ${asking.path}`, (context) => moveFile(context, { from: asking.path, to: path }));
      if (refused !== undefined) {
        setRefusal(refused.message);
        return;
      }
      useOpenFiles.getState().rename(asking.path, path);
    }
    useView.getState().openFile(path);
    onClose();
  };
  return (
    <Dialog
      title={asking.type === 'add' ? 'Add a file' : 'Rename file'}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" isDisabled={problem !== null} onPress={commit}>
            {asking.type === 'add' ? 'Add' : 'Rename'}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          commit();
        }}
      >
        <TextField
          label="Path"
          hint={asking.type === 'add' ? 'functions/, stubs/, data/ …' : 'imports of it follow'}
          value={text}
          onChange={(path) => {
            setText(path);
            setRefusal(null);
          }}
          error={text === '' || text.endsWith('/') ? undefined : (problem ?? undefined)}
          mono
          autoFocus
        />
      </form>
    </Dialog>
  );
}
