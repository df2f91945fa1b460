/** Reads pieces of user code for tests of the analysis. */
import { analyseCode, type AnalysisCache } from '../../src/analysis/analyse-code.ts';
import { filePath } from '../../src/base/ids.ts';
import type { CodeFacts, FunctionFact } from '../../src/model/code-facts.ts';

const HEAD = `import { StateFun, messageBuilder, kafkaEgressMessage } from 'apache-flink-statefun';
const A = StateFun.jsonType('t/a');
const B = StateFun.jsonType('t/b');
`;

export function analyse(files: Readonly<Record<string, string>>, cache?: AnalysisCache): CodeFacts {
  return analyseCode(new Map(Object.entries(files).map(([path, text]) => [filePath(path), text])), cache);
}

/** The text of a file with one function whose fn has this body, over the types A and B. */
export function functionFile(
  body: string,
  { before = '', specs = '' }: { readonly before?: string; readonly specs?: string } = {},
): string {
  return `${HEAD}${before}
export const F = { typename: 'a/f', specs: [${specs}], async fn(context, message) {
${body}
} };
`;
}

export function factOf(body: string, options?: Parameters<typeof functionFile>[1]): FunctionFact {
  const [fact] = analyse({ 'functions/f.ts': functionFile(body, options) }).functions;
  if (fact === undefined) {
    throw new Error('no function in this code');
  }
  return fact;
}
