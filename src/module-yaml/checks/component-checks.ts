/** Whether the file has the outer shape that the loader wants, in its two forms (module-yaml.md §2 Documents, §3, §8). */
import { LEGACY_SECTIONS, type LocatedModule } from '../locate.ts';
import { moduleProblem, textEdit, type ModuleProblem } from '../problem-codes.ts';
import type { SourceDocument } from '../source/read-source.ts';
import { leadingCommentStart, lineBreakOf } from '../source/lines.ts';
import { pairOf, scalarText, type MapNode, type PairNode, type SourceNode } from '../source/source-node.ts';
import { replaceWith } from '../fields/spec-context.ts';
import { quoteText } from '../write/scalar-writer.ts';

export function checkDocuments({ source, components }: LocatedModule): readonly ModuleProblem[] {
  return source.documents.flatMap(({ root, separator }, index): readonly ModuleProblem[] => {
    if (root.type === 'scalar' && root.scalar === 'null') {
      return [];
    }
    if (root.type === 'map' && pairOf(root, 'kind') !== null && pairOf(root, 'spec') !== null) {
      const node = components.find(({ place }) => place.type === 'document' && place.document === index)?.node;
      return [...forgottenSeparator(source.text, root), ...besideSpec(root)].map((problem) =>
        node === undefined ? problem : { ...problem, node },
      );
    }
    return [notAComponent(root, separator, source.documents)];
  });
}

function notAComponent(root: SourceNode, separator: number | null, documents: readonly SourceDocument[]): ModuleProblem {
  const range = root.from === root.to && separator !== null ? { from: separator, to: separator + 3 } : firstLineOf(root);
  const lacks = ['kind', 'spec'].filter((key) => pairOf(root, key) === null);
  const isComponents = root.type === 'list' && root.items.some(({ value }) => pairOf(value, 'kind') !== null);
  const message =
    root.type !== 'map'
      ? isComponents
        ? 'A list of components does not load: drop each “- ” with the indentation under it, and put --- on a line of its own between the components.'
        : 'This is no component: write an object with kind and spec.'
      : pairOf(root, 'version') !== null && pairOf(root, 'module') !== null && documents.length > 1
        ? 'The version: "3.0" form must be the only document of the file: remove the other --- lines.'
        : `This component lacks ${lacks.join(' and ')}: write ${lacks.map((key) => `${key}:`).join(' and ')} in column 0.`;
  return moduleProblem('not-a-component', 'error', message, { range, moment: 'load' });
}

function firstLineOf(root: SourceNode): { readonly from: number; readonly to: number } {
  return root.type === 'map' && root.layout === 'block' ? { from: root.from, to: root.pairs[0]?.colonEnd ?? root.to } : root;
}

/** Fields beside kind and spec are ignored: mostly ones that lost their indentation. */
function besideSpec(root: MapNode): readonly ModuleProblem[] {
  return root.pairs.flatMap(({ key, keyFrom, keyTo, badKey }) => {
    if (key === 'kind' || key === 'spec' || key === '<<' || badKey) {
      return [];
    }
    const message = `${key} stands beside spec, where the loader ignores it: indent it under spec, or remove it.`;
    return [moduleProblem('unknown-field', 'warning', message, { range: { from: keyFrom, to: keyTo } })];
  });
}

/** Where a second component begins in one document: a repeated `kind` or `spec`, with both keys from there on. */
export function secondComponentAt(root: SourceNode): PairNode | null {
  if (root.type !== 'map') {
    return null;
  }
  const seen = new Set<string>();
  const at = root.pairs.findIndex(({ key }) => {
    const repeated = seen.has(key) && (key === 'kind' || key === 'spec');
    seen.add(key);
    return repeated;
  });
  const rest = at < 0 ? [] : root.pairs.slice(at);
  return ['kind', 'spec'].every((key) => rest.some((pair) => pair.key === key)) ? (rest[0] ?? null) : null;
}

/** Two components in one document merge into one, and the first one's fields are lost without a word. */
function forgottenSeparator(text: string, root: MapNode): readonly ModuleProblem[] {
  const again = secondComponentAt(root);
  if (again === null) {
    return [];
  }
  const at = leadingCommentStart(text, again.keyFrom);
  const message = `A second ${again.key} in one component: the loader keeps the last one only, and the component above is lost. Put --- on a line of its own before it.`;
  const fix = root.layout === 'block' ? { label: 'Add ---', edits: [textEdit(at, at, `---${lineBreakOf(text)}`)] } : undefined;
  return [moduleProblem('forgotten-separator', 'warning', message, { range: { from: again.keyFrom, to: again.keyTo }, fix })];
}

export function checkLegacy({ source }: LocatedModule): readonly ModuleProblem[] {
  const root = source.documents[0]?.root;
  const version = pairOf(root, 'version');
  if (root === undefined || version === null) {
    return [];
  }
  const problems = [...checkVersion(version)];
  const shape = (message: string, at: PairNode) =>
    moduleProblem('legacy-shape', 'error', message, { range: { from: at.keyFrom, to: at.keyTo }, moment: 'load' });
  const module = pairOf(root, 'module');
  if (module === null) {
    const message =
      pairOf(root, 'kind') === null
        ? 'A file with version must have module: with meta and spec under it.'
        : 'version makes the loader read the old single-root form: remove this line.';
    return [...problems, shape(message, version)];
  }
  const type = pairOf(pairOf(module.value, 'meta')?.value, 'type');
  if (type === null) {
    problems.push(shape('module.meta.type is missing: write “type: remote” under meta.', module));
  } else if (type.value.type !== 'scalar' || scalarText(type.value).toLowerCase() !== 'remote') {
    problems.push(shape('module.meta.type can only be remote.', type));
  }
  const spec = pairOf(module.value, 'spec');
  if (spec === null) {
    return [...problems, shape('module.spec is missing: write endpoints, ingresses and egresses under it.', module)];
  }
  return [...problems, ...checkSections(spec)];
}

function checkVersion({ value, keyFrom, keyTo }: PairNode): readonly ModuleProblem[] {
  if (value.type === 'scalar' && value.scalar === 'text' && value.text === '3.0') {
    return [];
  }
  const quoted = value.type === 'scalar' && value.scalar !== 'text' && Number(value.text) === 3;
  const message = quoted
    ? 'The version must be a text: write "3.0" with the quotes.'
    : 'The only version of this form that loads is "3.0".';
  const range = value.from === value.to ? { from: keyFrom, to: keyTo } : value;
  const fix = { label: 'Write "3.0"', edits: [textEdit(value.outer, value.to, value.from === value.to ? ' "3.0"' : quoteText('3.0'))] };
  return [moduleProblem('legacy-version', 'error', message, { range, moment: 'load', fix: value.type === 'scalar' ? fix : undefined })];
}

function checkSections(spec: PairNode): readonly ModuleProblem[] {
  const problems: ModuleProblem[] = [];
  const at = (pair: PairNode) => ({ from: pair.keyFrom, to: pair.keyTo });
  for (const pair of spec.value.type === 'map' ? spec.value.pairs.filter(({ shadowed }) => !shadowed) : []) {
    const known = LEGACY_SECTIONS.find(({ section }) => section === pair.key);
    if (known === undefined) {
      const meant = LEGACY_SECTIONS.find(({ section, wrapper }) => wrapper === pair.key || section === pair.key.toLowerCase());
      const fix =
        meant === undefined ? undefined : { label: `Write ${meant.section}`, edits: [textEdit(pair.keyFrom, pair.keyTo, meant.section)] };
      const message =
        pair.key === 'functions'
          ? 'functions, the section of older versions, is ignored: write endpoints, each item with “endpoint:” and under it meta and spec.'
          : `${pair.key} is ignored: the loader reads endpoints, ingresses and egresses.`;
      problems.push(moduleProblem('legacy-ignored', 'warning', message, { range: at(pair), fix }));
    } else if (pair.value.type !== 'list') {
      problems.push(
        moduleProblem('legacy-shape', 'error', `${pair.key} must be a list: write [] when there are none.`, {
          range: at(pair),
          moment: 'load',
          fix: pair.value.type === 'scalar' && pair.value.scalar === 'null' ? replaceWith('Write []', pair.value, '[]') : undefined,
        }),
      );
    } else {
      problems.push(...pair.value.items.flatMap((item) => checkItem(item.value, known, pair)));
    }
  }
  return problems;
}

function checkItem(item: SourceNode, { wrapper, kindKey }: (typeof LEGACY_SECTIONS)[number], section: PairNode): readonly ModuleProblem[] {
  const problem = (message: string, range: { readonly from: number; readonly to: number }) => [
    moduleProblem('legacy-shape', 'error', message, { range, moment: 'load' }),
  ];
  const place = item.from === item.to ? { from: section.keyFrom, to: section.keyTo } : firstLineOf(item);
  const outer = pairOf(item, wrapper);
  if (outer === null) {
    return problem(`An item of ${section.key} must have ${wrapper}: with meta and spec under it.`, place);
  }
  const at = { from: outer.keyFrom, to: outer.keyTo };
  const meta = pairOf(outer.value, 'meta');
  if (meta === null) {
    const beside = pairOf(item, 'meta') !== null;
    return problem(
      beside ? `meta stands beside ${wrapper}: indent it under ${wrapper}.` : `${wrapper}.meta is missing: write ${kindKey} under it.`,
      at,
    );
  }
  const kind = pairOf(meta.value, kindKey);
  if (kind === null) {
    return problem(`${wrapper}.meta.${kindKey} is missing: write the kind of the ${wrapper}.`, { from: meta.keyFrom, to: meta.keyTo });
  }
  const id = pairOf(meta.value, 'id');
  const metaText = kindKey === 'type' ? [kind, ...(id === null ? [] : [id])] : [kind];
  const untyped = metaText.find((pair) => pair.value.type !== 'scalar' || pair.value.scalar !== 'text');
  if (untyped !== undefined) {
    return problem(`${wrapper}.meta.${untyped.key} must be a text.`, { from: untyped.keyFrom, to: untyped.keyTo });
  }
  if (kindKey === 'type' && id === null) {
    return problem(`${wrapper}.meta.id is missing: write a name of the form namespace/name.`, { from: meta.keyFrom, to: meta.keyTo });
  }
  return pairOf(outer.value, 'spec') === null ? problem(`${wrapper}.spec is missing.`, at) : [];
}
