/** A component of a kind that StateFun itself does not know: its spec is edited as YAML. */
import { useState } from 'react';
import { replaceSpec } from '../../commands/replace-spec.ts';
import type { ModuleComponent } from '../../model/module.ts';
import { MODULE_YAML, textFile } from '../../model/project.ts';
import { specAsYaml } from '../../module-yaml/component-text.ts';
import { useDocument } from '../../state/document-controller.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { perform, useRefusals } from './inspect-actions.ts';
import styles from './Inspector.module.css';

export function CustomForm({ component, readOnly }: { readonly component: ModuleComponent; readonly readOnly: boolean }) {
  const text = useDocument((state) => textFile(state.project, MODULE_YAML)) ?? '';
  const stored = specAsYaml(text, component.node);
  const [draft, setDraft] = useState<string | null>(null);
  const refusal = useRefusals((state) => state.problems[0]?.message);
  const shown = draft ?? stored;
  const apply = () => {
    const yaml = shown;
    if (perform('Change spec', (context) => replaceSpec(context, { node: component.node, yaml }))) {
      setDraft(null);
    }
  };
  return (
    <div className={styles.form}>
      <div className={styles.fact}>
        <span className={styles.caption}>Kind</span>
        <code>{component.kind}</code>
        <p className={styles.note}>
          Not part of a plain StateFun 3.3.0. It is kept as it is; the runtime needs the extension that brings it.
        </p>
      </div>
      <TextField
        label="Spec"
        hint="YAML"
        mono
        rows={14}
        value={shown}
        onChange={setDraft}
        isReadOnly={readOnly}
        error={draft === null ? undefined : refusal}
      />
      {draft === null ? null : (
        <div className={styles.buttons}>
          <Button variant="line" onPress={apply}>
            Apply
          </Button>
          <Button onPress={() => setDraft(null)}>Discard</Button>
        </div>
      )}
    </div>
  );
}
