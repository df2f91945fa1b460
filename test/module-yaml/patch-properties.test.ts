import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NodeId } from '../../src/base/ids.ts';
import type { JsonValue } from '../../src/base/json.ts';
import type { Result } from '../../src/base/result.ts';
import { applyEdits, invertEdits, type Edit } from '../../src/model/edit.ts';
import type { Problem } from '../../src/model/problem.ts';
import { MODULE_YAML, textFile, type Project } from '../../src/model/project.ts';
import { specAsYaml } from '../../src/module-yaml/component-text.ts';
import { decodeModule } from '../../src/module-yaml/decode.ts';
import { insertComponent } from '../../src/module-yaml/patch/insert-component.ts';
import { insertSpecItem } from '../../src/module-yaml/patch/insert-spec-item.ts';
import { removeComponent } from '../../src/module-yaml/patch/remove-component.ts';
import { removeSpecItem } from '../../src/module-yaml/patch/remove-spec-item.ts';
import { replaceSpecText } from '../../src/module-yaml/patch/replace-spec-text.ts';
import { setSpecValue } from '../../src/module-yaml/patch/set-spec-value.ts';
import { anyJson, anyModule, commentsIn, writtenModule, type MeantComponent, type WrittenModule } from '../support/module-arbitrary.ts';

type Path = readonly (string | number)[];

const runs = { numRuns: 120 };

describe('a random module in a random layout', () => {
  test('decodes to the components that were meant', () => {
    fc.assert(
      fc.property(anyModule, ({ components, text }) => {
        const decoded = decodeModule(text);
        expect(decoded.parsed).toBe(true);
        expect(meant(text)).toEqual(components);
        decoded.components.forEach(({ range, lines }) => {
          expect(text.slice(range.from, range.to)).toMatch(/kind|type/);
          expect(text.slice(0, range.from).split('\n').length).toBe(lines.from);
        });
      }),
      runs,
    );
  });

  test('takes a value at any place, and says the rest as before', () => {
    fc.assert(
      fc.property(placed, anyJson, ({ module, at, path }, value) => {
        fc.pre(!isMetaId(module, path));
        const node = nodeAt(module.text, at);
        const parent = path.slice(0, -1);
        const target = path.at(-1) ?? '';
        const wanted = changed(module.components, at, (spec) => withValue(spec, path, value));
        const edited = check(module.text, setSpecValue(module.text, node, path, value), wanted);
        expect(within(module.text, at, edited)).toBe(true);
        if (typeof value !== 'object' && typeof valueAt(module.components[at]?.spec ?? {}, [...parent, target]) !== 'object') {
          expect(commentsIn(edited.text)).toEqual(commentsIn(module.text));
        }
      }),
      runs,
    );
  });

  test('takes a new field in any object, keeping every comment', () => {
    fc.assert(
      fc.property(placed, anyJson, ({ module, at, path }, value) => {
        const object = nearestObject(module.components[at]?.spec ?? {}, path);
        const wanted = changed(module.components, at, (spec) => withValue(spec, [...object, 'fresh'], value));
        const edited = check(module.text, setSpecValue(module.text, nodeAt(module.text, at), [...object, 'fresh'], value), wanted);
        expect(within(module.text, at, edited)).toBe(true);
        expect(commentsIn(edited.text)).toEqual(commentsIn(module.text));
      }),
      runs,
    );
  });

  test('makes the objects that are missing on the way to a value', () => {
    fc.assert(
      fc.property(placed, anyJson, ({ module, at }, value) => {
        const wanted = changed(module.components, at, (spec) => withValue(spec, ['fresh'], { deep: { er: value } }));
        check(module.text, setSpecValue(module.text, nodeAt(module.text, at), ['fresh', 'deep', 'er'], value), wanted);
      }),
      { numRuns: 60 },
    );
  });

  test('loses a field, and an object that is empty without it', () => {
    fc.assert(
      fc.property(placed, ({ module, at, path }) => {
        fc.pre(!isMetaId(module, path));
        const wanted = changed(module.components, at, (spec) => without(spec, path));
        const edited = check(module.text, setSpecValue(module.text, nodeAt(module.text, at), path, undefined), wanted);
        expect(within(module.text, at, edited)).toBe(true);
        const lost = commentsIn(module.text).filter((comment) => !commentsIn(edited.text).includes(comment));
        const doomed = JSON.stringify(valueAt(module.components[at]?.spec ?? {}, path));
        // At most those above and behind each line that went.
        expect(lost.length).toBeLessThanOrEqual(2 * doomed.length);
      }),
      runs,
    );
  });

  test('takes an item anywhere in a list and gives it back', () => {
    fc.assert(
      fc.property(placed, fc.nat(4), anyJson, ({ module, at, path }, index, value) => {
        const list = nearestList(module.components[at]?.spec ?? {}, path);
        fc.pre(list !== null);
        const items = valueAt(module.components[at]?.spec ?? {}, list ?? []) as readonly JsonValue[];
        const place = Math.min(index, items.length);
        const wanted = changed(module.components, at, (spec) => withValue(spec, list ?? [], items.toSpliced(place, 0, value)));
        const edited = check(module.text, insertSpecItem(module.text, nodeAt(module.text, at), list ?? [], place, value), wanted);
        expect(within(module.text, at, edited)).toBe(true);
        expect(commentsIn(edited.text)).toEqual(commentsIn(module.text));
        fc.pre(!edited.refused);
        const back = check(edited.text, removeSpecItem(edited.text, nodeAt(edited.text, at), [...(list ?? []), place]), module.components);
        expect(commentsIn(back.text).length).toBeGreaterThanOrEqual(commentsIn(edited.text).length - 1);
      }),
      runs,
    );
  });

  test('takes a further component, keeping every byte before it', () => {
    fc.assert(
      fc.property(writtenModule, anyJson, (module, value) => {
        const spec = { id: 'new.x/new', more: value };
        const wanted = [...module.components, { kind: 'com.example/new', spec }];
        const edited = check(module.text, insertComponent(module.text, 'com.example/new', spec), wanted);
        expect(edited.text.startsWith(module.text)).toBe(true);
        expect(edited.refused).toBe(false);
      }),
      runs,
    );
  });

  test('loses a component with its own comment and separator, and no other comment', () => {
    fc.assert(
      fc.property(anyModule, fc.nat(3), (module, pick) => {
        fc.pre(module.components.length > 0);
        const at = pick % module.components.length;
        const component = decodeModule(module.text).components[at];
        const wanted = module.components.filter((_, index) => index !== at);
        const edited = check(module.text, removeComponent(module.text, component?.node ?? nodeAt(module.text, at)), wanted);
        expect(edited.refused).toBe(false);
        const own = commentsIn(module.text.slice(component?.range.from, component?.range.to));
        expect(commentsIn(edited.text)).toEqual(commentsIn(module.text).filter((comment) => !own.includes(comment)));
      }),
      runs,
    );
  });

  test('keeps its bytes when a spec is written back as it was shown', () => {
    fc.assert(
      fc.property(anyModule, fc.nat(3), (module, pick) => {
        fc.pre(module.components.length > 0);
        const at = pick % module.components.length;
        const node = nodeAt(module.text, at);
        const edited = check(module.text, replaceSpecText(module.text, node, specAsYaml(module.text, node)), module.components);
        expect(edited.refused).toBe(false);
        expect(commentsIn(edited.text)).toEqual(commentsIn(module.text));
      }),
      runs,
    );
  });

  test('takes a whole spec that someone wrote', () => {
    fc.assert(
      fc.property(writtenModule, fc.nat(3), writtenModule, (module, pick, other) => {
        fc.pre(module.components.length > 0 && other.components.length > 0);
        const at = pick % module.components.length;
        const yaml = specAsYaml(other.text, nodeAt(other.text, 0));
        const spec = other.components[0]?.spec ?? {};
        const wanted = changed(module.components, at, () => spec);
        expect(check(module.text, replaceSpecText(module.text, nodeAt(module.text, at), yaml), wanted).refused).toBe(false);
      }),
      runs,
    );
  });
});

describe('a damaged text', () => {
  test('takes every patch as it says, or not at all', () => {
    fc.assert(
      fc.property(damaged, fc.nat(9), fc.nat(50), anyJson, (text, pick, at, value) => {
        const before = meant(text);
        const { components } = decodeModule(text);
        const component = components[pick % Math.max(1, components.length)];
        fc.pre(component !== undefined);
        const index = components.findIndex(({ node }) => node === component?.node);
        const [node, spec] = [component?.node ?? nodeAt(text, 0), component?.spec ?? null];
        const paths = [['fresh'], ...pathsIn(spec)];
        const path = paths[at % paths.length] ?? [];
        const cases: readonly [Result<readonly Edit[], readonly Problem[]>, readonly MeantComponent[] | null][] = [
          [removeComponent(text, node), before.filter((_, other) => other !== index)],
          [setSpecValue(text, node, path, value), null],
          [setSpecValue(text, node, path, undefined), null],
          [insertSpecItem(text, node, path, at % 3, value), null],
          [replaceSpecText(text, node, specAsYaml(text, node)), before],
          [replaceSpecText(text, node, 'other: 1'), null],
          [insertComponent(text, 'com.example/new', { id: 'a/b' }), null],
        ];
        for (const [result, wanted] of cases) {
          const after = result.ok ? meant(edited({ files: new Map([[MODULE_YAML, text]]) }, result.value)) : null;
          if (after !== null && wanted !== null) {
            expect(after).toEqual(wanted);
          } else if (after !== null) {
            const others = before.filter((_, other) => other !== index);
            expect(others.filter((one) => !after.some((other) => JSON.stringify(other) === JSON.stringify(one)))).toEqual([]);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

const damaged = fc
  .tuple(
    anyModule,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(12),
        fc.constantFrom(
          '',
          '\n',
          '\r',
          ': ',
          '- ',
          '{',
          ']',
          '&a ',
          '*a',
          '"',
          "'",
          ' |+\n',
          '---\n',
          '...\n',
          '# x\n',
          '!!str ',
          '<<: ',
          '? ',
          '%YAML 1.1\n',
        ),
      ),
      { maxLength: 4 },
    ),
  )
  .map(([{ text }, cuts]) =>
    cuts.reduce((now, [at, length, insert]) => {
      const from = at % (now.length + 1);
      return now.slice(0, from) + insert + now.slice(from + length);
    }, text),
  );

const placed = fc
  .tuple(anyModule, fc.nat(50), fc.nat(500))
  .filter(([module]) => module.components.some(({ spec }) => Object.keys(spec).length > 0))
  .map(([module, a, b]) => {
    const filled = module.components.flatMap(({ spec }, index) => (Object.keys(spec).length > 0 ? [index] : []));
    const at = filled[a % filled.length] ?? 0;
    const paths = pathsIn(module.components[at]?.spec ?? {});
    return { module, at, path: paths[b % paths.length] ?? [] };
  });

/** In the single-root form the id is a text in `meta`, and cannot go. */
function isMetaId(module: WrittenModule, path: Path): boolean {
  return module.format === 'legacy' && path[0] === 'id';
}

interface Edited {
  readonly text: string;
  readonly edits: readonly Edit[];
  /** The small edit was not to be had; `text` is that of the larger one, or the old one. */
  readonly refused: boolean;
}

/** What every patch owes: the meant components, or a refusal with a larger edit that comes to them; and an exact way back. */
function check(text: string, result: Result<readonly Edit[], readonly Problem[]>, wanted: readonly MeantComponent[]): Edited {
  const project: Project = { files: new Map([[MODULE_YAML, text]]) };
  if (!result.ok) {
    const [problem] = result.error;
    expect(problem?.code).toBe('no-minimal-edit');
    expect(problem?.message).toMatch(/120 columns|pair in a flow list|only pair/);
    expect(meant(edited(project, problem?.fix?.edits ?? []))).toEqual(wanted);
    return { text, edits: [], refused: true };
  }
  const after = edited(project, result.value);
  expect(meant(after)).toEqual(wanted);
  expect(edited({ files: new Map([[MODULE_YAML, after]]) }, invertEdits(project, result.value))).toBe(text);
  return { text: after, edits: result.value, refused: false };
}

function edited(project: Project, edits: readonly Edit[]): string {
  return textFile(applyEdits(project, edits), MODULE_YAML) ?? '';
}

function meant(text: string): readonly MeantComponent[] {
  return decodeModule(text).components.map(({ kind, spec }) => ({ kind, spec: spec as MeantComponent['spec'] }));
}

function nodeAt(text: string, index: number): NodeId {
  const component = decodeModule(text).components[index];
  if (component === undefined) {
    throw new Error(`no component ${index}`);
  }
  return component.node;
}

/** Whether the text before and after the component stayed. */
function within(text: string, at: number, { text: after }: Edited): boolean {
  const range = decodeModule(text).components[at]?.range ?? { from: 0, to: 0 };
  return after.startsWith(text.slice(0, range.from)) && after.endsWith(text.slice(range.to));
}

function changed(components: readonly MeantComponent[], at: number, change: (spec: JsonValue) => JsonValue): readonly MeantComponent[] {
  return components.map((component, index) =>
    index === at ? { ...component, spec: change(component.spec) as MeantComponent['spec'] } : component,
  );
}

function pathsIn(value: JsonValue, path: Path = []): readonly Path[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const isList = Array.isArray(value);
  return inner.flatMap(([key, item]): readonly Path[] => {
    const here = [...path, isList ? Number(key) : key];
    return [here, ...pathsIn(item as JsonValue, here)];
  });
}

function valueAt(value: JsonValue, path: Path): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((now, key) => (now as { readonly [key: string]: JsonValue } | undefined)?.[key], value);
}

function withValue(value: JsonValue, [key, ...rest]: Path, inner: JsonValue): JsonValue {
  if (key === undefined) {
    return inner;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === key ? withValue(item as JsonValue, rest, inner) : (item as JsonValue)));
  }
  const map = value as { readonly [key: string]: JsonValue };
  return { ...map, [key]: withValue(map[key] ?? {}, rest, inner) };
}

function without(value: JsonValue, [key, ...rest]: Path): JsonValue {
  const isRemoved = (left: JsonValue) =>
    typeof left === 'object' && left !== null && !Array.isArray(left) && Object.keys(left).length === 0;
  if (Array.isArray(value)) {
    return rest.length === 0
      ? value.filter((_, index) => index !== key)
      : value.map((item, index) => (index === key ? without(item as JsonValue, rest) : (item as JsonValue)));
  }
  const map = value as { readonly [key: string]: JsonValue };
  return Object.fromEntries(
    Object.entries(map).flatMap(([name, item]): [string, JsonValue][] => {
      if (name !== key) {
        return [[name, item]];
      }
      const left = rest.length === 0 ? null : without(item, rest);
      return left === null || isRemoved(left) ? [] : [[name, left]];
    }),
  );
}

function nearestObject(spec: JsonValue, path: Path): Path {
  for (let length = path.length; length > 0; length -= 1) {
    const value = valueAt(spec, path.slice(0, length));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return path.slice(0, length);
    }
  }
  return [];
}

function nearestList(spec: JsonValue, path: Path): Path | null {
  for (let length = path.length; length > 0; length -= 1) {
    if (Array.isArray(valueAt(spec, path.slice(0, length)))) {
      return path.slice(0, length);
    }
  }
  return null;
}
