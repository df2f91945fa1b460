/** Between places in a file's text and places in an editor. */
import type { FilePath } from '../../base/ids.ts';
import type { TextRange } from '../../model/problem.ts';
import { textFile } from '../../model/project.ts';
import { useDocument } from '../../state/document-controller.ts';
import { modelOf } from '../model-sync.ts';
import { monaco } from '../monaco-api.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** What an editor does not count of a file: its byte order mark. */
function shiftOf(path: FilePath): number {
  return textFile(useDocument.getState().project, path)?.startsWith(BYTE_ORDER_MARK) === true ? 1 : 0;
}

export function rangeIn(model: monaco.editor.ITextModel, range: TextRange, path: FilePath): monaco.Range {
  const shift = shiftOf(path);
  return monaco.Range.fromPositions(
    model.getPositionAt(Math.max(0, range.from - shift)),
    model.getPositionAt(Math.max(0, range.to - shift)),
  );
}

export function offsetIn(model: monaco.editor.ITextModel, position: monaco.IPosition, path: FilePath): number {
  return model.getOffsetAt(position) + shiftOf(path);
}

export function textRange(model: monaco.editor.ITextModel, range: monaco.IRange, path: FilePath): TextRange {
  const { startLineNumber, startColumn, endLineNumber, endColumn } = range;
  return {
    from: offsetIn(model, { lineNumber: startLineNumber, column: startColumn }, path),
    to: offsetIn(model, { lineNumber: endLineNumber, column: endColumn }, path),
  };
}

/** Null for a file that is not there any more. */
export function locationOf(path: FilePath, range: TextRange): monaco.languages.Location | null {
  const model = modelOf(path);
  return model === null ? null : { uri: model.uri, range: rangeIn(model, range, path) };
}
