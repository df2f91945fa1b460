/** One message of the batch: its type, how its value is written, the value. */
import { Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { EnteredValue, ValueForm } from '../../protocol/entered-value.ts';
import { useDocument } from '../../state/document-controller.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Section } from './BenchSection.tsx';
import { changeMessage, chooseType, removeMessage } from './bench-acts.ts';
import { typeChoices } from './bench-choices.ts';
import { CallerFields } from './CallerFields.tsx';
import type { CallerFieldsProps } from './CallerFields.tsx';
import { CodeField } from './CodeField.tsx';
import { TypeChoice } from './TypeChoice.tsx';
import styles from './Bench.module.css';

export function MessageEditor({ single, ...props }: CallerFieldsProps & { readonly single: boolean }) {
  const { draft, index, message, faults } = props;
  const graph = useDocument((state) => state.graph);
  const facts = useDocument((state) => state.facts);
  const drafted = message.value.typename;
  const choices = useMemo(() => typeChoices(draft.typename, graph, facts, [drafted]), [draft.typename, graph, facts, drafted]);
  const title = single ? 'Message' : `Message ${index + 1}`;
  const change = (value: EnteredValue) => changeMessage(draft, index, { value });
  return (
    <Section
      title={title}
      aside={
        <span className={styles.aside}>
          {message.value.form === 'text' || message.value.form === 'base64' ? (
            <span className={styles.note}>{message.value.form === 'text' ? 'text' : 'bytes, base64'}</span>
          ) : null}
          <TypeChoice
            label={`Type of ${title.toLowerCase()}`}
            choices={choices}
            value={drafted}
            onChange={(typename) => chooseType(draft, index, typename)}
            form={message.value.form}
            onForm={(form) => change({ ...message.value, form })}
          />
          {single ? null : (
            <IconButton size="small" label={`Remove message ${index + 1}`} icon={<Trash2 />} onPress={() => removeMessage(draft, index)} />
          )}
        </span>
      }
    >
      {single ? null : (
        <div className={styles.batchCaller}>
          <CallerFields {...props} />
        </div>
      )}
      <ValueField label={title} value={message.value} fault={faults.get(`message ${index}`) ?? null} onChange={change} />
    </Section>
  );
}

const PLACEHOLDERS: Partial<Record<ValueForm, string>> = { string: 'text', base64: 'bytes as base64', text: 'text' };

export function ValueField(props: {
  readonly label: string;
  readonly value: EnteredValue;
  readonly fault: Parameters<typeof CodeField>[0]['fault'];
  readonly onChange: (value: EnteredValue) => void;
  readonly maxRows?: number;
  readonly before?: ReactNode;
  readonly after?: ReactNode;
}) {
  const { label, value, fault, onChange, maxRows, before, after } = props;
  return (
    <CodeField
      label={label}
      value={value.text}
      fault={fault ?? null}
      coloured={value.form !== 'text' && value.form !== 'string' && value.form !== 'base64'}
      placeholder={PLACEHOLDERS[value.form] ?? ''}
      onChange={(text) => onChange({ ...value, text })}
      before={before}
      after={after}
      {...(maxRows === undefined ? {} : { maxRows })}
    />
  );
}
