/** An identifier in its two parts. Changing it is a rename: every place that names it follows. */
import { useState } from 'react';
import type { NodeId } from '../../base/ids.ts';
import { typename } from '../../base/ids.ts';
import { renameItem } from '../../commands/rename-item.ts';
import { egressNode, functionNode, ingressNode, nodeKind } from '../../model/graph-ids.ts';
import type { Problem } from '../../model/problem.ts';
import type { FieldDescription } from '../../module-yaml/kinds/kind-description.ts';
import { useView } from '../../state/document-store.ts';
import { TextField } from '../../ui/TextField.tsx';
import { perform, setField } from './inspect-actions.ts';
import { ProblemNote } from './ProblemNote.tsx';
import styles from './Inspector.module.css';

interface TypenameFieldProps {
  readonly node: NodeId;
  readonly field: Pick<FieldDescription, 'label' | 'hint' | 'help' | 'path'>;
  readonly value: string;
  readonly problem: Problem | undefined;
  readonly readOnly: boolean;
}

export function TypenameField({ node, field, value, problem, readOnly }: TypenameFieldProps) {
  const split = value.indexOf('/');
  const namespace = split === -1 ? '' : value.slice(0, split);
  const name = value.slice(split + 1);
  const commit = (next: string) => {
    if (next === value) {
      return;
    }
    const renamed = renamedNode(node, next);
    if (renamed === null) {
      setField(node, field.path, next);
    } else if (perform(`Rename ${value}`, (context) => renameItem(context, { node, to: typename(next) }))) {
      useView.getState().select([renamed]);
    }
  };
  return (
    <fieldset className={styles.typename}>
      <legend className={styles.typenameHead}>
        <span>{field.label}</span>
        <span className={styles.hint}>{field.hint ?? 'namespace/name'}</span>
      </legend>
      <div className={styles.typenameParts}>
        <PartField
          key={`n ${value}`}
          label="Namespace"
          value={namespace}
          readOnly={readOnly}
          onCommit={(part) => commit(`${part}/${name}`)}
        />
        <span aria-hidden="true">/</span>
        <PartField key={`m ${value}`} label="Name" value={name} readOnly={readOnly} onCommit={(part) => commit(`${namespace}/${part}`)} />
      </div>
      <ProblemNote problem={problem} />
    </fieldset>
  );
}

interface PartFieldProps {
  readonly label: string;
  readonly value: string;
  readonly readOnly: boolean;
  readonly onCommit: (part: string) => void;
}

function PartField({ label, value, readOnly, onCommit }: PartFieldProps) {
  const [draft, setDraft] = useState(value);
  return (
    <TextField
      label={<span className={styles.hidden}>{label}</span>}
      value={draft}
      mono
      isReadOnly={readOnly}
      onCommit={(part) => {
        setDraft(part.trim());
        onCommit(part.trim());
      }}
    />
  );
}

/** Where the renamed item is found afterwards; null for what is not renamed but set (an endpoint's pattern). */
function renamedNode(node: NodeId, to: string): NodeId | null {
  switch (nodeKind(node)) {
    case 'ingress':
      return ingressNode(to);
    case 'egress':
      return egressNode(to);
    case 'function':
      return functionNode(to);
    default:
      return null;
  }
}
