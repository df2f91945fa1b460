/** The selected item: what it is, its fields, what can be done with it. The graph is the document; this explains the selection. */
import { Copy, Trash2 } from 'lucide-react';
import { deleteItems } from '../commands/delete-items.ts';
import { duplicateItems } from '../commands/duplicate-items.ts';
import { editNote } from '../commands/edit-note.ts';
import { setDraftRouter } from '../commands/set-draft-router.ts';
import { ingressNode, nodeName } from '../model/graph-ids.ts';
import type { GraphNode, NoteNode, RouterNode } from '../model/graph.ts';
import { patternText } from '../model/remote-target.ts';
import type { ModuleComponent } from '../model/module.ts';
import { describeKind } from '../module-yaml/kinds/registry.ts';
import { useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { KindChip } from '../ui/KindChip.tsx';
import { TextField } from '../ui/TextField.tsx';
import { CustomForm } from './inspector/CustomForm.tsx';
import { FunctionForm } from './inspector/FunctionForm.tsx';
import { perform, useRefusals } from './inspector/inspect-actions.ts';
import { RouteCard } from './inspector/RouteList.tsx';
import { RemoteSection } from './inspector/RemoteSection.tsx';
import { SpecForm } from './inspector/SpecForm.tsx';
import { listOf, scalarText, specValue } from './inspector/spec-value.ts';
import styles from './inspector/Inspector.module.css';

export function InspectorPanel() {
  const selection = useView((state) => state.selection);
  const graph = useDocument((state) => state.graph);
  const readOnly = useDocument((state) => state.save === 'read-only');
  const selected = graph.nodes.filter((node) => selection.includes(node.id));
  const [node] = selected;
  if (node === undefined) {
    return <EmptyState>Select an item to see and change its settings.</EmptyState>;
  }
  const ids = selected.map((item) => item.id);
  const remove = () => {
    if (
      perform(selected.length === 1 ? `Delete ${node.title}` : `Delete ${selected.length} items`, (context) =>
        deleteItems(context, { nodes: ids }),
      )
    ) {
      useView.getState().select([]);
    }
  };
  const duplicate = () => perform('Duplicate', (context) => duplicateItems(context, { nodes: ids }));
  return (
    <div className={styles.panel}>
      <header className={styles.head}>
        {selected.length === 1 ? <KindChip kind={node.type} size="large" /> : null}
        <div className={styles.titles}>
          <h2 title={nodeName(node.id)}>{selected.length === 1 ? heading(node) : `${selected.length} items`}</h2>
          <span>{selected.length === 1 ? kindWords(node) : 'selected'}</span>
        </div>
        <IconButton label="Duplicate" keys="Ctrl+D" icon={<Copy />} isDisabled={readOnly} onPress={duplicate} />
        <IconButton label="Delete" keys="Del" icon={<Trash2 />} isDisabled={readOnly} onPress={remove} />
      </header>
      <Refusals />
      <div className={styles.body}>{selected.length === 1 ? <NodeForm key={node.id} node={node} readOnly={readOnly} /> : null}</div>
    </div>
  );
}

function NodeForm({ node, readOnly }: { readonly node: GraphNode; readonly readOnly: boolean }) {
  switch (node.type) {
    case 'ingress':
    case 'egress':
      return <ComponentForm component={node.component} readOnly={readOnly} />;
    case 'endpoint':
      return (
        <>
          {node.definition === null ? null : (
            <div className={styles.form}>
              <RemoteSection
                functions={patternText(node.definition.pattern)}
                remote={node.remote}
                urlPathTemplate={node.definition.urlPathTemplate}
                readOnly={readOnly}
              />
            </div>
          )}
          <ComponentForm component={node.component} readOnly={readOnly} />
        </>
      );
    case 'custom':
      return <CustomForm component={node.component} readOnly={readOnly} />;
    case 'router':
      return <RouterForm node={node} readOnly={readOnly} />;
    case 'function':
      return <FunctionForm node={node} readOnly={readOnly} />;
    case 'external':
      return (
        <div className={styles.form}>
          <p className={styles.note}>A third-party service. In a run its stub answers; nothing leaves the browser.</p>
          <Button variant="line" onPress={() => useView.getState().openFile(node.path)}>
            {node.path}
          </Button>
        </div>
      );
    case 'note':
      return <NoteForm node={node} readOnly={readOnly} />;
  }
}

function ComponentForm({ component, readOnly }: { readonly component: ModuleComponent; readonly readOnly: boolean }) {
  return describeKind(component.kind) === null ? (
    <CustomForm component={component} readOnly={readOnly} />
  ) : (
    <SpecForm component={component} readOnly={readOnly} />
  );
}

function RouterForm({ node, readOnly }: { readonly node: RouterNode; readonly readOnly: boolean }) {
  const ingress = useDocument((state) => state.graph).nodes.find((item) => node.ingress !== null && item.id === ingressNode(node.ingress));
  const problems = useDocument((state) => state.problems);
  if (ingress?.type !== 'ingress') {
    return <DraftRouterForm node={node} readOnly={readOnly} />;
  }
  const { spec } = ingress.component;
  const listPath = specValue(spec, ['streams']) === undefined ? 'topics' : 'streams';
  const topicKey = listPath === 'streams' ? 'stream' : 'topic';
  const routes = listOf(specValue(spec, [listPath]));
  const index = routes.findLastIndex((route) => scalarText(specValue(route, [topicKey])) === node.topic);
  const route = routes[index];
  return (
    <div className={styles.form}>
      <div className={styles.fact}>
        <span className={styles.caption}>Ingress</span>
        <Button variant="link" onPress={() => useView.getState().select([ingress.id])}>
          {nodeName(ingress.id)}
        </Button>
      </div>
      {route === undefined ? null : (
        <RouteCard
          node={ingress.id}
          path={[listPath, index]}
          topicKey={topicKey}
          route={route}
          problems={problems.filter((problem) => problem.node === ingress.id || problem.node === node.id)}
          readOnly={readOnly}
        />
      )}
    </div>
  );
}

function DraftRouterForm({ node, readOnly }: { readonly node: RouterNode; readonly readOnly: boolean }) {
  const change = (part: { readonly topic?: string; readonly valueType?: string }) =>
    perform('Change router', (context) => setDraftRouter(context, { node: node.id, ...part }));
  return (
    <div className={styles.form}>
      <ErrorNote tone="info">A router belongs to an ingress: connect one to it, and it goes into module.yaml.</ErrorNote>
      <TextField label="Topic" mono value={node.topic} isReadOnly={readOnly} onCommit={(topic) => change({ topic: topic.trim() })} />
      <TextField
        label="Value type"
        hint="namespace/name"
        mono
        value={node.valueType}
        isReadOnly={readOnly}
        onCommit={(valueType) => change({ valueType: valueType.trim() })}
      />
    </div>
  );
}

function NoteForm({ node, readOnly }: { readonly node: NoteNode; readonly readOnly: boolean }) {
  const { note } = node;
  const change = (part: { readonly title?: string; readonly text?: string }) =>
    perform('Edit note', (context) => editNote(context, { id: note.id, change: part }));
  return (
    <div className={styles.form}>
      <TextField label="Title" value={note.title} isReadOnly={readOnly} onCommit={(title) => change({ title })} />
      <TextField label="Text" rows={6} value={note.text} isReadOnly={readOnly} onCommit={(text) => change({ text })} />
    </div>
  );
}

function Refusals() {
  const problems = useRefusals((state) => state.problems);
  return problems.length === 0 ? null : (
    <div className={styles.refusals}>
      {problems.map((problem) => (
        <ErrorNote
          key={problem.message}
          live
          action={
            problem.fix === undefined ? undefined : (
              <Button
                variant="link"
                onPress={() => {
                  const { fix } = problem;
                  if (fix !== undefined) {
                    useDocument.getState().edit(fix.label, fix.edits);
                    useRefusals.getState().set([]);
                  }
                }}
              >
                {problem.fix.label}
              </Button>
            )
          }
        >
          {problem.message}
        </ErrorNote>
      ))}
    </div>
  );
}

function heading(node: GraphNode): string {
  switch (node.type) {
    case 'router':
      return node.topic;
    case 'note':
      return node.note.title;
    default:
      return nodeName(node.id);
  }
}

function kindWords(node: GraphNode): string {
  switch (node.type) {
    case 'ingress':
    case 'egress':
    case 'endpoint':
      return describeKind(node.component.kind)?.label ?? node.component.kind;
    case 'custom':
      return node.component.kind;
    case 'router':
      return node.ingress === null ? 'Router, not connected' : `Router of ${node.ingress}`;
    case 'function':
      return node.remote !== null ? 'Remote function' : node.code === null ? 'Function without code' : 'Function';
    case 'external':
      return 'Third-party service';
    case 'note':
      return 'Note';
  }
}
