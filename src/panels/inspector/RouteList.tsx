/** Topics (or streams) of an ingress as cards: each is a router on the canvas. */
import { Plus, Trash2, X } from 'lucide-react';
import type { NodeId } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import type { Problem } from '../../model/problem.ts';
import type { FieldDescription } from '../../module-yaml/kinds/kind-description.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import { functionNode } from '../../model/graph-ids.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { KindIcon } from '../../ui/KindChip.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { addItem, removeItem, setField } from './inspect-actions.ts';
import { listOf, problemAt, scalarText, specValue } from './spec-value.ts';
import type { SpecPath } from './spec-value.ts';
import { fieldError } from './field-error.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import styles from './Inspector.module.css';

interface RouteListProps {
  readonly node: NodeId;
  readonly field: FieldDescription;
  readonly value: JsonValue | undefined;
  readonly problems: readonly Problem[];
  readonly readOnly: boolean;
}

export function RouteList({ node, field, value, problems, readOnly }: RouteListProps) {
  const routes = listOf(value);
  const topicKey = field.path[0] === 'streams' ? 'stream' : 'topic';
  const problem = problemAt(problems, field.path);
  const add = () =>
    addItem(node, field.path, { [topicKey]: `${topicKey}-${routes.length + 1}`, valueType: 'example.types/value', targets: [] });
  return (
    <section className={styles.list} aria-label={field.label}>
      <div className={styles.listHead}>
        <h3>{field.label}</h3>
        <span className={styles.hint}>{routes.length}</span>
      </div>
      <ProblemNote problem={problem} />
      <div className={styles.card}>
        {routes.map((route, index) => (
          <RouteCard
            // Routes have no identity but their place in the list.
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            node={node}
            path={[...field.path, index]}
            topicKey={topicKey}
            route={route}
            problems={problems}
            readOnly={readOnly}
          />
        ))}
        {readOnly ? null : (
          <Button icon={<Plus />} className={styles.add} onPress={add}>
            Add {topicKey}
          </Button>
        )}
      </div>
    </section>
  );
}

interface RouteCardProps {
  readonly node: NodeId;
  readonly path: SpecPath;
  readonly topicKey: 'topic' | 'stream';
  readonly route: JsonValue;
  readonly problems: readonly Problem[];
  readonly readOnly: boolean;
}

export function RouteCard({ node, path, topicKey, route, problems, readOnly }: RouteCardProps) {
  const topic = scalarText(specValue(route, [topicKey]));
  const valueType = scalarText(specValue(route, ['valueType']));
  const topicProblem = problemAt(problems, [...path, topicKey]);
  const typeProblem = problemAt(problems, [...path, 'valueType']);
  return (
    <div className={styles.route}>
      <div className={styles.routeHead}>
        <TextField
          label={topicKey === 'topic' ? 'Topic' : 'Stream'}
          value={topic}
          mono
          isReadOnly={readOnly}
          {...fieldError(topicProblem)}
          onCommit={(text) => (text === topic ? undefined : setField(node, [...path, topicKey], text.trim()))}
        />
        {readOnly ? null : <IconButton label={`Remove ${topic}`} icon={<Trash2 />} size="small" onPress={() => removeItem(node, path)} />}
      </div>
      <TextField
        label="Value type"
        hint="namespace/name"
        value={valueType}
        mono
        isReadOnly={readOnly}
        {...fieldError(typeProblem)}
        onCommit={(text) => (text === valueType ? undefined : setField(node, [...path, 'valueType'], text.trim()))}
      />
      <TargetList node={node} path={[...path, 'targets']} value={specValue(route, ['targets'])} problems={problems} readOnly={readOnly} />
    </div>
  );
}

interface TargetListProps {
  readonly node: NodeId;
  readonly path: SpecPath;
  readonly value: JsonValue | undefined;
  readonly problems: readonly Problem[];
  readonly readOnly: boolean;
}

function TargetList({ node, path, value, problems, readOnly }: TargetListProps) {
  const targets = listOf(value).map(scalarText);
  const known = useDocument((state) => state.graph).nodes.flatMap((item) => (item.type === 'function' ? [item.typename] : []));
  const free = known.filter((name) => !targets.includes(name));
  const problem = problemAt(problems, path, true);
  return (
    <div className={styles.targets}>
      <span className={styles.caption}>Targets</span>
      <div className={styles.chips}>
        {targets.map((target, index) => (
          // A target may stand twice: its place tells which (S85).
          // oxlint-disable-next-line react/no-array-index-key
          <span key={index} className={styles.chip}>
            <button type="button" onClick={() => useView.getState().select([functionNode(target)])}>
              <KindIcon kind="function" />
              {target}
            </button>
            {readOnly ? null : (
              <IconButton label={`Remove target ${target}`} icon={<X />} size="small" onPress={() => removeItem(node, [...path, index])} />
            )}
          </span>
        ))}
        {readOnly ? null : free.length > 0 ? (
          <Menu
            label="Add target"
            entries={free.map((name) => ({ id: name, label: name }))}
            onAction={(name) => (value === undefined ? setField(node, path, [name]) : addItem(node, path, name))}
          >
            <Button size="small" icon={<Plus />}>
              Add target
            </Button>
          </Menu>
        ) : targets.length === 0 ? (
          <span className={styles.note}>No function yet: draw one, then connect.</span>
        ) : null}
      </div>
      <ProblemNote problem={problem} />
    </div>
  );
}
