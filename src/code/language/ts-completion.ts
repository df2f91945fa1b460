/** TypeScript's completion: names in view, and names of other files and of the SDK, which bring their import with them. */
import type {
  CompletionDetails,
  CompletionEntry,
  DisplayPart,
  FileTextChanges,
} from 'monaco-editor/languages/features/typescript/ts.worker';
import { projectPath } from '../model-sync.ts';
import { monaco } from '../monaco-api.ts';
import { typeScriptClient } from './ts-client.ts';

/** An item with what is needed to ask more of it. */
interface TypeScriptItem extends monaco.languages.CompletionItem {
  readonly entry: CompletionEntry;
  readonly model: monaco.editor.ITextModel;
  readonly offset: number;
}

export function registerTypeScriptCompletion(): void {
  monaco.languages.registerCompletionItemProvider('typescript', {
    triggerCharacters: ['.'],
    provideCompletionItems,
    resolveCompletionItem: (item) => (isOurs(item) ? resolved(item) : item),
  });
}

async function provideCompletionItems(
  model: monaco.editor.ITextModel,
  position: monaco.Position,
): Promise<monaco.languages.CompletionList | null> {
  if (projectPath(model.uri) === null) {
    return null;
  }
  const offset = model.getOffsetAt(position);
  const word = model.getWordUntilPosition(position);
  const end = model.getWordAtPosition(position)?.endColumn ?? word.endColumn;
  const range = {
    insert: new monaco.Range(position.lineNumber, word.startColumn, position.lineNumber, word.endColumn),
    replace: new monaco.Range(position.lineNumber, word.startColumn, position.lineNumber, Math.max(end, word.endColumn)),
  };
  const client = await typeScriptClient(model.uri);
  const found = model.isDisposed() ? null : await client.completionsAt(model.uri.toString(), offset);
  if (found === null || model.isDisposed()) {
    return null;
  }
  const suggestions = found.entries.map((entry): TypeScriptItem => {
    const from = entry.sourceDisplay === undefined ? undefined : textOf(entry.sourceDisplay);
    return {
      entry,
      model,
      offset,
      label: from === undefined ? entry.name : { label: entry.name, description: from },
      kind: kindOf(entry.kind),
      insertText: entry.insertText ?? entry.name,
      ...(entry.filterText === undefined ? {} : { filterText: entry.filterText }),
      sortText: entry.sortText,
      range: entry.replacementSpan === undefined ? range : rangeOf(model, entry.replacementSpan),
      tags: entry.kindModifiers?.includes('deprecated') === true ? [monaco.languages.CompletionItemTag.Deprecated] : [],
    };
  });
  return { suggestions, incomplete: found.isIncomplete ?? false };
}

function isOurs(item: monaco.languages.CompletionItem): item is TypeScriptItem {
  return 'entry' in item && 'model' in item && 'offset' in item;
}

async function resolved(item: TypeScriptItem): Promise<monaco.languages.CompletionItem> {
  const { entry, model, offset } = item;
  if (model.isDisposed()) {
    return item;
  }
  const client = await typeScriptClient(model.uri);
  const details = await client.completionDetails(model.uri.toString(), offset, entry);
  if (details === null || model.isDisposed()) {
    return item;
  }
  const actions = details.codeActions ?? [];
  const edits = actions.flatMap(({ changes }) => editsOf(model, changes));
  return {
    ...item,
    detail: [...actions.map(({ description }) => description), textOf(details.displayParts)].join('\n'),
    documentation: { value: documentation(details) },
    ...(edits.length === 0 ? {} : { additionalTextEdits: edits }),
  };
}

function editsOf(model: monaco.editor.ITextModel, changes: readonly FileTextChanges[]): readonly monaco.languages.TextEdit[] {
  return changes
    .filter(({ fileName }) => fileName === model.uri.toString())
    .flatMap(({ textChanges }) => textChanges.map(({ span, newText }) => ({ range: rangeOf(model, span), text: newText })));
}

function rangeOf(model: monaco.editor.ITextModel, { start, length }: { readonly start: number; readonly length: number }): monaco.Range {
  return monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(start + length));
}

function textOf(parts: readonly DisplayPart[] | undefined): string {
  return (parts ?? []).map(({ text }) => text).join('');
}

function documentation({ documentation: text, tags }: CompletionDetails): string {
  const lines = (tags ?? []).map((tag) => `*@${tag.name}* ${textOf(tag.text)}`.trim());
  return [textOf(text), ...lines].filter((part) => part !== '').join('\n\n');
}

/** TypeScript's own words for what a name stands for (ts.ScriptElementKind). */
function kindOf(kind: string): monaco.languages.CompletionItemKind {
  const { CompletionItemKind } = monaco.languages;
  switch (kind) {
    case 'keyword':
    case 'primitive type':
      return CompletionItemKind.Keyword;
    case 'var':
    case 'let':
    case 'local var':
    case 'parameter':
      return CompletionItemKind.Variable;
    case 'const':
      return CompletionItemKind.Constant;
    case 'alias':
      return CompletionItemKind.Reference;
    case 'property':
    case 'getter':
    case 'setter':
      return CompletionItemKind.Field;
    case 'function':
    case 'local function':
      return CompletionItemKind.Function;
    case 'method':
    case 'construct':
    case 'call':
    case 'index':
      return CompletionItemKind.Method;
    case 'enum':
      return CompletionItemKind.Enum;
    case 'enum member':
      return CompletionItemKind.EnumMember;
    case 'module':
    case 'external module name':
    case 'directory':
      return CompletionItemKind.Module;
    case 'script':
      return CompletionItemKind.File;
    case 'class':
    case 'local class':
      return CompletionItemKind.Class;
    case 'interface':
      return CompletionItemKind.Interface;
    case 'type':
    case 'type parameter':
      return CompletionItemKind.TypeParameter;
    case 'string':
      return CompletionItemKind.Value;
    case 'warning':
      return CompletionItemKind.Text;
    default:
      return CompletionItemKind.Property;
  }
}
