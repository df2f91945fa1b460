/** Marks what did not hold at its line of a scenario, with what was expected and what was there. It stands until the scenario is played again. */
import type { FilePath } from '../../base/ids.ts';
import { isScenarioFile } from '../../model/scenario-files.ts';
import { textFile } from '../../model/project.ts';
import { useScenarioPlays } from '../../state/scenario-plays.ts';
import { projectPath } from '../model-sync.ts';
import { monaco } from '../monaco-api.ts';

const OWNER = 'scenario';

export function startScenarioMarks(): void {
  monaco.editor.onDidCreateModel(mark);
  useScenarioPlays.subscribe((state, before) => {
    if (state.plays !== before.plays) {
      monaco.editor.getModels().forEach(mark);
    }
  });
  monaco.editor.getModels().forEach(mark);
}

function mark(model: monaco.editor.ITextModel): void {
  const path = projectPath(model.uri);
  if (path !== null && isScenarioFile(path)) {
    monaco.editor.setModelMarkers(model, OWNER, marksOf(path, model));
  }
}

function marksOf(path: FilePath, model: monaco.editor.ITextModel): monaco.editor.IMarkerData[] {
  const play = useScenarioPlays.getState().plays.get(path);
  const verdict = play?.answer.ok === true ? play.answer.value : null;
  // Places are those of the text that was played.
  if (play === undefined || verdict?.type !== 'played' || textFile({ files: play.files }, path) !== model.getValue()) {
    return [];
  }
  return verdict.failures.map(({ place: { line, column }, message, expected, actual }) => ({
    severity: monaco.MarkerSeverity.Error,
    source: 'scenario',
    message: expected === '' ? message : `${message}\nExpected: ${expected}\nFound: ${actual}`,
    startLineNumber: line,
    startColumn: column,
    endLineNumber: line,
    endColumn: model.getLineMaxColumn(line),
  }));
}
