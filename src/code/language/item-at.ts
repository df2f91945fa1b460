/** The item that is named where an editor's cursor stands. */
import { contextOf, useDocument } from '../../state/document-controller.ts';
import { projectPath } from '../model-sync.ts';
import type { monaco } from '../monaco-api.ts';
import { namedItemAt } from './named-item.ts';
import type { NamedItem } from './named-item.ts';
import { offsetIn } from './places.ts';

export function itemAt(model: monaco.editor.ITextModel, position: monaco.IPosition): NamedItem | null {
  const path = projectPath(model.uri);
  return path === null ? null : namedItemAt(contextOf(useDocument.getState()), path, offsetIn(model, position, path));
}
