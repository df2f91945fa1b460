/** What the Studio adds to the languages of a project. Once, when the first editor opens. */
import { inOneStep } from '../model-sync.ts';
import { monaco } from '../monaco-api.ts';
import { onEditsOfFiles } from '../services.ts';
import { registerCodeLens } from './code-lens.ts';
import { registerCompletion } from './complete.ts';
import { bindCommonKeys } from './edit-actions.ts';
import { registerNavigation } from './navigation.ts';
import { registerOpener } from './open-place.ts';
import { registerRename } from './rename.ts';
import { startScenarioMarks } from './scenario-marks.ts';
import { registerTypeScriptCompletion } from './ts-completion.ts';
import { registerTypeScriptFixes } from './ts-fixes.ts';
import { startTypeCheck } from './type-check.ts';

let started = false;

export function startLanguage(): void {
  if (started) {
    return;
  }
  started = true;
  onEditsOfFiles((label, edits) => {
    inOneStep(label, () => {
      for (const [model, replacements] of edits) {
        model.pushEditOperations(
          [],
          replacements.map(({ range, text }) => ({ range: monaco.Range.lift(range), text, forceMoveMarkers: true })),
          () => [],
        );
      }
    });
  });
  bindCommonKeys();
  registerOpener();
  registerNavigation();
  registerCompletion();
  registerTypeScriptCompletion();
  registerTypeScriptFixes();
  registerCodeLens();
  registerRename();
  startTypeCheck();
  startScenarioMarks();
}
