/** While module.yaml does not parse: which line, and the way there. The graph is the last good one. */
import { Button } from '../ui/Button.tsx';
import { MODULE_YAML, textFile } from '../model/project.ts';
import { useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './NoticeLine.module.css';

export function UnreadableModule() {
  const isCurrent = useDocument((state) => state.moduleCurrent);
  const problems = useDocument((state) => state.problems);
  const project = useDocument((state) => state.project);
  if (isCurrent) {
    return null;
  }
  const range = problems.find((problem) => problem.path === MODULE_YAML && problem.severity === 'error')?.range;
  const text = textFile(project, MODULE_YAML) ?? '';
  const line = range === undefined ? null : text.slice(0, range.from).split('\n').length;
  return (
    <div className={`${styles.line} ${styles.top}`}>
      <ErrorNote
        live
        action={
          range === undefined ? null : (
            <Button variant="link" onPress={() => useView.getState().revealInModule(range)}>
              Go to line {line}
            </Button>
          )
        }
      >
        module.yaml: {line === null ? 'the text' : `line ${line}`} cannot be read. This is the last graph that could.
      </ErrorNote>
    </div>
  );
}
