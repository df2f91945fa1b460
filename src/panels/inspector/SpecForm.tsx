/** The form of a component, made from the description of its kind: one field a spec field, with its help and its problems. */
import type { NodeId } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import type { ModuleComponent } from '../../model/module.ts';
import type { Problem } from '../../model/problem.ts';
import type { FieldDescription } from '../../module-yaml/kinds/kind-description.ts';
import { describeKind } from '../../module-yaml/kinds/registry.ts';
import { useDocument } from '../../state/document-controller.ts';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { fieldError } from './field-error.tsx';
import { setField } from './inspect-actions.ts';
import { PairList } from './PairList.tsx';
import { RouteList } from './RouteList.tsx';
import { problemAt, scalarText, specValue } from './spec-value.ts';
import { TypenameField } from './TypenameField.tsx';
import styles from './Inspector.module.css';

export function SpecForm({ component, readOnly }: { readonly component: ModuleComponent; readonly readOnly: boolean }) {
  const all = useDocument((state) => state.problems);
  const description = describeKind(component.kind);
  if (description === null) {
    return null;
  }
  const problems = all.filter((problem) => problem.node === component.node);
  const shown = description.fields.filter((field) => applies(field, component.spec));
  return (
    <div className={styles.form}>
      {shown.map((field) => (
        <SpecField
          key={`${component.node} ${field.path.join('.')}`}
          node={component.node}
          spec={component.spec}
          field={field}
          problems={problems}
          readOnly={readOnly}
        />
      ))}
    </div>
  );
}

function applies(field: FieldDescription, spec: JsonValue): boolean {
  const { when } = field;
  if (when === undefined) {
    return true;
  }
  const value = scalarText(specValue(spec, when.path));
  return when.oneOf.includes(value);
}

interface SpecFieldProps {
  readonly node: NodeId;
  readonly spec: JsonValue;
  readonly field: FieldDescription;
  readonly problems: readonly Problem[];
  readonly readOnly: boolean;
}

function SpecField({ node, spec, field, problems, readOnly }: SpecFieldProps) {
  const value = specValue(spec, field.path);
  const problem = problemAt(problems, field.path, field.control === 'typename');
  const shared = {
    label: field.label,
    hint: field.hint,
    description: field.help,
    ...fieldError(problem),
    isReadOnly: readOnly,
  };
  switch (field.control) {
    case 'typename':
      return <TypenameField node={node} field={field} value={scalarText(value)} problem={problem} readOnly={readOnly} />;
    case 'select':
      return (
        <Select
          {...shared}
          items={(field.options ?? []).map((option) => ({ id: option.value, label: option.label }))}
          value={scalarText(value) === '' ? (field.defaultText ?? null) : scalarText(value)}
          onChange={(chosen) => setField(node, field.path, chosen === field.defaultText && !field.required ? undefined : chosen)}
        />
      );
    case 'list-of-routes':
      return <RouteList node={node} field={field} value={value} problems={problems} readOnly={readOnly} />;
    case 'list-of-pairs':
    case 'list-of-offsets':
      return <PairList node={node} field={field} value={value} problems={problems} readOnly={readOnly} />;
    case 'text':
    case 'number':
    case 'duration':
    case 'url':
    case 'date':
      return (
        <TextField
          {...shared}
          mono
          value={scalarText(value)}
          placeholder={field.defaultText}
          onCommit={(text) => {
            if (text !== scalarText(value)) {
              setField(node, field.path, textValue(field, text));
            }
          }}
        />
      );
  }
}

/** An emptied field is left out of the file; a number is written as one. */
function textValue(field: FieldDescription, text: string): JsonValue | undefined {
  const trimmed = text.trim();
  if (trimmed === '') {
    return undefined;
  }
  return field.control === 'number' && /^-?\d+$/.test(trimmed) ? Number(trimmed) : trimmed;
}
