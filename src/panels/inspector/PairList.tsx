/** Properties and offsets: a list of one-pair maps in the file, rows of two fields here. */
import { Plus, X } from 'lucide-react';
import type { NodeId } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import type { Problem } from '../../model/problem.ts';
import type { FieldDescription } from '../../module-yaml/kinds/kind-description.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { addItem, removeItem, setField } from './inspect-actions.ts';
import { listOf, pairOf, problemAt } from './spec-value.ts';
import { ProblemNote } from './ProblemNote.tsx';
import styles from './Inspector.module.css';

interface PairListProps {
  readonly node: NodeId;
  readonly field: FieldDescription;
  readonly value: JsonValue | undefined;
  readonly problems: readonly Problem[];
  readonly readOnly: boolean;
}

export function PairList({ node, field, value, problems, readOnly }: PairListProps) {
  const pairs = listOf(value).map(pairOf);
  const offsets = field.control === 'list-of-offsets';
  const fresh: JsonValue = offsets ? { [`topic/${pairs.length}`]: 0 } : { [`property.${pairs.length + 1}`]: '' };
  const problem = problemAt(problems, field.path, true);
  const add = () => (value === undefined || value === null ? setField(node, field.path, [fresh]) : addItem(node, field.path, fresh));
  const write = (index: number, key: string, text: string) => {
    const number = offsets && /^-?\d+$/.test(text.trim()) ? Number(text.trim()) : text;
    setField(node, [...field.path, index], { [key.trim()]: number });
  };
  return (
    <section className={styles.list} aria-label={field.label}>
      <div className={styles.listHead}>
        <h3>{field.label}</h3>
        <span className={styles.hint}>{pairs.length}</span>
      </div>
      {field.help === undefined ? null : <p className={styles.note}>{field.help}</p>}
      <div className={styles.card}>
        {pairs.map((pair, index) => (
          // Properties may repeat (later ones win): their place tells them apart.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className={styles.pair}>
            <TextField
              label={<span className={styles.hidden}>{offsets ? 'Topic and partition' : 'Property'}</span>}
              value={pair.key}
              mono
              isReadOnly={readOnly}
              onCommit={(key) => (key === pair.key ? undefined : write(index, key, pair.value))}
            />
            <TextField
              label={<span className={styles.hidden}>{offsets ? 'Offset' : `Value of ${pair.key}`}</span>}
              value={pair.value}
              mono
              isReadOnly={readOnly}
              onCommit={(text) => (text === pair.value ? undefined : write(index, pair.key, text))}
            />
            {readOnly ? null : (
              <IconButton label={`Remove ${pair.key}`} icon={<X />} size="small" onPress={() => removeItem(node, [...field.path, index])} />
            )}
          </div>
        ))}
        {readOnly ? null : (
          <Button icon={<Plus />} className={styles.add} onPress={add}>
            {offsets ? 'Add offset' : 'Add property'}
          </Button>
        )}
      </div>
      <ProblemNote problem={problem} />
    </section>
  );
}
