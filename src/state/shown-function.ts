/** The function that the code view is about: the one that was asked for, else the one around the cursor, else the file's first. */
import type { FilePath, Typename } from '../base/ids.ts';
import { isIn, rangesIn, type CodeFacts, type FunctionFact } from '../model/code-facts.ts';
import type { TextRange } from '../model/problem.ts';
import { useBench } from './bench-store.ts';
import { useDocument } from './document-controller.ts';
import { useView } from './document-store.ts';
import { useEditorPosition } from './editor-position.ts';
import { shownCodeFile } from './shown-file.ts';

export interface ShownFunction {
  readonly fact: FunctionFact | null;
  /** All functions of the file that is open. */
  readonly choices: readonly Typename[];
  /** Of several in the file this one was chosen or has the cursor: it is not only the first. */
  readonly picked: Typename | null;
}

/** The same, asked once. */
export function shownFunction(): ShownFunction {
  const { facts, project } = useDocument.getState();
  const path = shownCodeFile(project.files, useView.getState().file);
  const { position } = useEditorPosition.getState();
  const around = position?.path === path ? functionAt(facts, path, position.offset) : null;
  return chosen(facts, path, useBench.getState().subject?.typename ?? null, around);
}

export function useShownFunction(): ShownFunction {
  const facts = useDocument((state) => state.facts);
  const asked = useBench((state) => state.subject?.typename ?? null);
  const opened = useView((state) => state.file);
  const path = useDocument((state) => shownCodeFile(state.project.files, opened));
  const around = useEditorPosition((state) => (state.position?.path === path ? functionAt(facts, path, state.position.offset) : null));
  return chosen(facts, path, asked, around);
}

function chosen(facts: CodeFacts, path: FilePath | null, asked: Typename | null, around: Typename | null): ShownFunction {
  const own = facts.functions.filter((fact) => isIn(fact, path));
  const picked = own.find((candidate) => candidate.typename === asked) ?? own.find((candidate) => candidate.typename === around) ?? null;
  const fact = picked ?? own[0] ?? facts.functions.find((candidate) => candidate.typename === asked) ?? null;
  return { fact, choices: own.map((candidate) => candidate.typename), picked: own.length > 1 ? (picked?.typename ?? null) : null };
}

/** The function whose spec or whose code, which may stand apart from it, holds the offset. */
export function functionAt(facts: CodeFacts, path: FilePath | null, offset: number): Typename | null {
  const holds = ({ from, to }: TextRange) => from <= offset && offset <= to;
  return facts.functions.find((fact) => rangesIn(fact, path).some(holds))?.typename ?? null;
}
