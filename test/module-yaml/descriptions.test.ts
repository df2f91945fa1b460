import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../src/model/edit.ts';
import { MODULE_YAML, projectOf, textFile } from '../../src/model/project.ts';
import { decodeModule } from '../../src/module-yaml/decode.ts';
import { moduleDefinition } from '../../src/module-yaml/definition.ts';
import { parseDuration } from '../../src/module-yaml/duration.ts';
import { describeKind, KIND_LIST } from '../../src/module-yaml/kinds/registry.ts';
import { insertComponent } from '../../src/module-yaml/patch/insert-component.ts';
import { setSpecValue } from '../../src/module-yaml/patch/set-spec-value.ts';

const withRoutes = (kind: string, name: string) => {
  const spec = KIND_LIST.find((module) => module.kind === kind)?.newSpec(name) ?? {};
  const list = kind.includes('kinesis') ? 'streams' : 'topics';
  return kind.endsWith('kafka.v1/ingress') || kind.endsWith('kinesis.v1/ingress')
    ? { ...(spec as object), [list]: [{ [list.slice(0, -1)]: 'a', valueType: 't/a', targets: ['a.b/f'] }] }
    : spec;
};

function fileWith(kind: string): string {
  const result = insertComponent('', kind, withRoutes(kind, kind.includes('endpoints') ? 'a.b/*' : 'a.b/x'));
  return result.ok ? (textFile(applyEdits(projectOf({ [MODULE_YAML]: '' }), result.value), MODULE_YAML) ?? '') : '';
}

describe.each(KIND_LIST.map(({ kind }) => kind))('the form of %s', (kind) => {
  const fields = describeKind(kind)?.fields ?? [];

  test('has a label, a hint and a help for each field, and choices where one chooses', () => {
    for (const field of fields) {
      expect(field.label).toMatch(/^[A-Z][^.]*$/);
      expect(field.hint.length).toBeLessThan(40);
      expect(field.help).toMatch(/\.$/);
      expect(field.options !== undefined).toBe(field.control === 'select');
      const asked = field.when?.path.join('.');
      expect(asked === undefined || fields.some(({ path }) => path.join('.') === asked)).toBe(true);
    }
  });

  test('shows as defaults what the loader takes', () => {
    for (const { control, defaultText, options } of fields) {
      if (defaultText !== undefined && control === 'duration') {
        expect(parseDuration(defaultText).ok).toBe(true);
      }
      if (defaultText !== undefined && control === 'number') {
        expect(defaultText).toMatch(/^\d+$/);
      }
      if (defaultText !== undefined && control === 'select') {
        expect(options?.map(({ value }) => value)).toContain(defaultText);
      }
    }
  });

  test('offers only choices that load, whatever was chosen before', () => {
    const fresh = fileWith(kind);
    for (const { control, path, options, defaultText, required } of fields) {
      if (control !== 'select') {
        continue;
      }
      for (const { value } of options ?? []) {
        const node = decodeModule(fresh).components[0]?.node;
        const chosen = value === defaultText && !required ? undefined : value;
        const result = node === undefined ? null : setSpecValue(fresh, node, path, chosen);
        const text = textFile(applyEdits(projectOf({ [MODULE_YAML]: fresh }), result?.ok === true ? result.value : []), MODULE_YAML) ?? '';
        const faults = decodeModule(text).problems.filter(({ severity, node: about }) => severity === 'error' && about === node);
        // What the choice asks for next may be missing, but the choice itself is fine.
        expect(faults.filter(({ field }) => field?.join('.') === path.join('.'))).toEqual([]);
      }
    }
  });

  test('starts from a spec without a fault of its own', () => {
    const decoded = decodeModule(fileWith(kind));
    const node = decoded.components[0]?.node;
    expect(decoded.problems.filter(({ severity, node: about }) => severity === 'error' && about === node)).toEqual([]);
    const { endpoints, ingresses, egresses } = moduleDefinition(decoded);
    expect(endpoints.length + ingresses.length + egresses.length).toBe(1);
  });
});

test('a custom kind has no form', () => {
  expect(describeKind('com.example/thing')).toBeNull();
});
