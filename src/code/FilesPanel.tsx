/** The project's files as a tree: open, add, rename, delete. Every change is an edit, so it can be undone. */
import { useMemo, useState } from 'react';
import { FileCode, FileText, Folder, Pencil, Plus, Trash2 } from 'lucide-react';
import { Button as AriaButton, Tree, TreeItem, TreeItemContent } from 'react-aria-components';
import type { FilePath } from '../base/ids.ts';
import { filePath } from '../base/ids.ts';
import { useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { TextField } from '../ui/TextField.tsx';
import { fileTree, pathProblem } from './file-tree.ts';
import type { FileNode } from './file-tree.ts';
import styles from './FilesPanel.module.css';

type Asking = { readonly type: 'add' } | { readonly type: 'rename'; readonly path: FilePath } | null;

export function FilesPanel() {
  const files = useDocument((state) => state.project.files);
  const current = useView((state) => state.file);
  const readOnly = useDocument((state) => state.save === 'read-only');
  const nodes = useMemo(() => fileTree([...files.keys()]), [files]);
  const [asking, setAsking] = useState<Asking>(null);
  const folders = useMemo(() => nodes.filter((node) => node.children.length > 0).map((node) => node.key), [nodes]);

  const open = (key: string) => {
    const path = filePath(key);
    if (typeof files.get(path) === 'string') {
      useView.getState().openFile(path);
    }
  };
  const remove = (path: FilePath) => useDocument.getState().edit(`Delete ${path}`, [{ type: 'delete', path }]);

  return (
    <div className={styles.panel}>
      <div className={styles.head}>
        <h2>Files</h2>
        <IconButton label="Add a file" icon={<Plus />} size="small" isDisabled={readOnly} onPress={() => setAsking({ type: 'add' })} />
        {current !== null && files.has(current) && !readOnly ? (
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
      <Tree
        aria-label="Files"
        className={styles.tree ?? ''}
        items={nodes}
        defaultExpandedKeys={folders}
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
      {asking === null ? null : <PathDialog asking={asking} onClose={() => setAsking(null)} />}
    </div>
  );
}

function FileRow({ node }: { readonly node: FileNode }) {
  const Icon = node.children.length > 0 ? Folder : /\.[cm]?[tj]s$/.test(node.name) ? FileCode : FileText;
  return (
    <TreeItem id={node.key} textValue={node.name} className={styles.item ?? ''}>
      <TreeItemContent>
        <span className={styles.content}>
          {node.children.length > 0 ? <AriaButton slot="chevron" className={styles.chevron ?? ''} /> : <span className={styles.leaf} />}
          <Icon aria-hidden="true" className={styles.icon} />
          <span className={styles.name}>{node.name}</span>
        </span>
      </TreeItemContent>
      {node.children.map((child) => (
        <FileRow key={child.key} node={child} />
      ))}
    </TreeItem>
  );
}

function PathDialog({ asking, onClose }: { readonly asking: NonNullable<Asking>; readonly onClose: () => void }) {
  const [text, setText] = useState<string>(asking.type === 'add' ? 'functions/' : asking.path);
  const files = useDocument((state) => state.project.files);
  const problem = asking.type === 'rename' && text === asking.path ? null : pathProblem(text, files);
  const commit = () => {
    if (problem !== null) {
      return;
    }
    const path = filePath(text);
    const document = useDocument.getState();
    if (asking.type === 'add') {
      document.edit(`Add ${path}`, [{ type: 'create', path, content: '' }]);
    } else if (path !== asking.path) {
      const content = files.get(asking.path) ?? '';
      document.edit(`Rename ${asking.path}`, [
        { type: 'delete', path: asking.path },
        { type: 'create', path, content },
      ]);
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
          hint="functions/, stubs/, data/ …"
          value={text}
          onChange={setText}
          error={text === '' || text.endsWith('/') ? undefined : (problem ?? undefined)}
          mono
          autoFocus
        />
      </form>
    </Dialog>
  );
}
