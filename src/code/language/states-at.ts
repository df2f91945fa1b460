/** Which states code at a place may mean. Pure. */
import type { FilePath } from '../../base/ids.ts';
import { isIn, rangesIn } from '../../model/code-facts.ts';
import type { CodeFacts, FunctionFact, StateSpecFact } from '../../model/code-facts.ts';

export interface StateAt {
  readonly fact: FunctionFact;
  readonly state: StateSpecFact;
}

/** Those of the function one stands in; outside of one, of the file's functions; in a file without, of all functions. */
export function statesAt(facts: CodeFacts, path: FilePath, offset: number): readonly StateAt[] {
  const inFile = facts.functions.filter((fact) => isIn(fact, path));
  const around = inFile.filter((fact) => rangesIn(fact, path).some(({ from, to }) => offset >= from && offset <= to));
  const functions = around.length > 0 ? around : inFile.length > 0 ? inFile : facts.functions;
  return functions.flatMap((fact) => fact.states.map((state) => ({ fact, state })));
}
