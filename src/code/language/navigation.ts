/** Go to definition and find references for the items of the module; names of the code are TypeScript's affair. */
import { statesAt } from './states-at.ts';
import { storageNameAt } from '../../analysis/code-spot.ts';
import { textFile } from '../../model/project.ts';
import { contextNow, useDocument } from '../../state/document-controller.ts';
import { projectPath } from '../model-sync.ts';
import { monaco } from '../monaco-api.ts';
import { itemAt } from './item-at.ts';
import { definitionsOf, mentionsOf } from './item-places.ts';
import { locationOf, offsetIn, rangeIn } from './places.ts';

const LANGUAGES = ['typescript', 'yaml'];

export function registerNavigation(): void {
  for (const language of LANGUAGES) {
    monaco.languages.registerDefinitionProvider(language, { provideDefinition });
    monaco.languages.registerReferenceProvider(language, { provideReferences });
  }
}

function provideDefinition(model: monaco.editor.ITextModel, position: monaco.Position): monaco.languages.LocationLink[] {
  const item = itemAt(model, position);
  const path = projectPath(model.uri);
  if (path === null) {
    return [];
  }
  if (item === null) {
    return stateDefinition(model, position);
  }
  const originSelectionRange = rangeIn(model, item.range, path);
  return definitionsOf(contextNow(), item.node).flatMap((place) => {
    const location = locationOf(place.path, place.range);
    return location === null ? [] : [{ ...location, originSelectionRange }];
  });
}

/** `context.storage.count` leads to the spec that declares it. */
function stateDefinition(model: monaco.editor.ITextModel, position: monaco.Position): monaco.languages.LocationLink[] {
  const path = projectPath(model.uri);
  const document = useDocument.getState();
  const text = path === null ? null : textFile(document.project, path);
  if (path === null || text === null) {
    return [];
  }
  const offset = offsetIn(model, position, path);
  const spot = storageNameAt(text, offset);
  return statesAt(document.facts, path, offset)
    .filter(({ state }) => state.name === spot?.name)
    .flatMap(({ fact }) => {
      const code = textFile(document.project, fact.path) ?? '';
      const found = new RegExp(`name\\s*:\\s*(['"\`])(${spot?.name ?? ''})\\1`).exec(code.slice(fact.range.from, fact.range.to));
      const from = fact.range.from + (found === null ? 0 : found.index + found[0].length - 1 - (found[2] ?? '').length);
      const location = locationOf(fact.path, { from, to: from + (found?.[2]?.length ?? 0) });
      return location === null ? [] : [location];
    });
}

function provideReferences(model: monaco.editor.ITextModel, position: monaco.Position): monaco.languages.Location[] {
  const item = itemAt(model, position);
  return item === null ? [] : mentionsOf(contextNow(), item.node).flatMap(({ path, range }) => locationOf(path, range) ?? []);
}
