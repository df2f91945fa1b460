/** Completion and hover of the Studio, as Monaco takes them. */
import type { FilePath } from '../../base/ids.ts';
import { storageNameAt } from '../../analysis/code-spot.ts';
import { MODULE_YAML, textFile } from '../../model/project.ts';
import { contextOf, useDocument } from '../../state/document-controller.ts';
import { projectPath } from '../model-sync.ts';
import { monaco } from '../monaco-api.ts';
import { codeCompletions } from './code-completion.ts';
import type { Completion, CompletionKind, Completions } from './completion.ts';
import { itemAt } from './item-at.ts';
import { itemDocs, stateType } from './item-docs.ts';
import { offsetIn, rangeIn } from './places.ts';
import { statesAt } from './states-at.ts';
import { yamlCompletions, yamlDocs } from './yaml-completion.ts';

export function registerCompletion(): void {
  const { languages } = monaco;
  languages.registerCompletionItemProvider('typescript', {
    triggerCharacters: ["'", '"', '`', '/', '.'],
    provideCompletionItems: (model, position) => complete(model, position, (path, offset) => codeCompletions(now(), path, offset)),
  });
  languages.registerCompletionItemProvider('yaml', {
    triggerCharacters: [' ', '/', '-'],
    provideCompletionItems: (model, position) =>
      complete(model, position, (path, offset) => (path === MODULE_YAML ? yamlCompletions(now(), offset) : null)),
  });
  languages.registerHoverProvider('typescript', { provideHover: hoverInCode });
  languages.registerHoverProvider('yaml', { provideHover: hoverInModule });
}

function now() {
  return contextOf(useDocument.getState());
}

function complete(
  model: monaco.editor.ITextModel,
  position: monaco.Position,
  read: (path: FilePath, offset: number) => Completions | null,
): monaco.languages.CompletionList {
  const path = projectPath(model.uri);
  const found = path === null ? null : read(path, offsetIn(model, position, path));
  if (path === null || found === null) {
    return { suggestions: [] };
  }
  const whole = rangeIn(model, found.range, path);
  // The whole text is replaced; what stands before the cursor filters.
  const range = { insert: whole.setEndPosition(position.lineNumber, position.column), replace: whole };
  return { suggestions: found.items.map((item, index) => suggestion(item, index, range.replace)) };
}

function suggestion(item: Completion, index: number, range: monaco.Range): monaco.languages.CompletionItem {
  return {
    label: { label: item.label, description: item.detail },
    kind: kindOf(item.kind),
    insertText: item.insert,
    filterText: item.label,
    sortText: `0${String(index).padStart(4, '0')}`,
    range,
    ...(item.docs === undefined || item.docs === '' ? {} : { documentation: { value: item.docs } }),
    // A key is followed by a value: what it may be is shown at once.
    ...(item.kind === 'key' ? { command: { id: 'editor.action.triggerSuggest', title: 'Suggest' } } : {}),
  };
}

function kindOf(kind: CompletionKind): monaco.languages.CompletionItemKind {
  const { CompletionItemKind } = monaco.languages;
  const kinds: Readonly<Record<CompletionKind, monaco.languages.CompletionItemKind>> = {
    function: CompletionItemKind.Function,
    ingress: CompletionItemKind.Event,
    egress: CompletionItemKind.Event,
    topic: CompletionItemKind.Folder,
    state: CompletionItemKind.Field,
    type: CompletionItemKind.TypeParameter,
    key: CompletionItemKind.Property,
    value: CompletionItemKind.EnumMember,
  };
  return kinds[kind];
}

function hoverOf(docs: string | null, range: monaco.IRange): monaco.languages.Hover | null {
  return docs === null ? null : { contents: [{ value: docs }], range };
}

function hoverInCode(model: monaco.editor.ITextModel, position: monaco.Position): monaco.languages.Hover | null {
  const path = projectPath(model.uri);
  const item = itemAt(model, position);
  if (path === null) {
    return null;
  }
  if (item !== null) {
    return hoverOf(itemDocs(now(), item.node), rangeIn(model, item.range, path));
  }
  const { project, facts } = useDocument.getState();
  const offset = offsetIn(model, position, path);
  const spot = storageNameAt(textFile(project, path) ?? '', offset);
  const owner = spot === null ? undefined : statesAt(facts, path, offset).find(({ state }) => state.name === spot.name);
  return spot === null || owner === undefined
    ? null
    : hoverOf(`**State** \`${spot.name}\` ${stateType(owner.state)}\n\nOf \`${owner.fact.typename}\``, rangeIn(model, spot.range, path));
}

function hoverInModule(model: monaco.editor.ITextModel, position: monaco.Position): monaco.languages.Hover | null {
  const path = projectPath(model.uri);
  if (path === null) {
    return null;
  }
  const text = textFile(useDocument.getState().project, path);
  const help = path === MODULE_YAML && text !== null ? yamlDocs(text, offsetIn(model, position, path)) : null;
  const item = itemAt(model, position);
  const about = item === null ? null : itemDocs(now(), item.node);
  const range = item?.range ?? help?.range;
  return range === undefined
    ? null
    : hoverOf([about, help?.docs].filter((part) => part !== null && part !== undefined).join('\n\n---\n\n'), rangeIn(model, range, path));
}
