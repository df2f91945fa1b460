/** Monaco's TypeScript worker, with what an IDE over several files needs beside what an editor of one file does. */
import { TypeScriptWorker, initialize } from 'monaco-editor/languages/features/typescript/ts.worker';
import type {
  CodeFix,
  CompletionDetails,
  CompletionEntry,
  CompletionInfo,
  Diagnostic,
  FileTextChanges,
} from 'monaco-editor/languages/features/typescript/ts.worker';

const FORMAT = { indentSize: 2, tabSize: 2, convertTabsToSpaces: true, newLineCharacter: '\n', semicolons: 'insert' } as const;
const PREFERENCES = { quotePreference: 'single', importModuleSpecifierEnding: 'auto', allowTextChangesInNewFiles: true } as const;
/** Names of other modules too, which add their import. */
const COMPLETION = {
  ...PREFERENCES,
  includeCompletionsForModuleExports: true,
  includeCompletionsForImportStatements: true,
  includeCompletionsWithInsertText: true,
  includeAutomaticOptionalChainCompletions: true,
} as const;

/** The files inside of a package stand beside the package itself: what they export is imported from there. */
const INSIDE_PACKAGE = /(?:apache-flink-statefun|google-protobuf)\/dist\//;

/** Of ts.ScriptKind; Monaco knows .ts and .js, and takes all else for JavaScript. */
const KINDS: Readonly<Record<string, number>> = { json: 6, mts: 3, cts: 3 };

/** What names an entry of a completion again, for asking more of it. */
export type EntryName = Pick<CompletionEntry, 'name' | 'source' | 'data'>;

export class StudioTypeScriptWorker extends TypeScriptWorker {
  override getScriptKind(fileName: string): number {
    return KINDS[fileName.slice(fileName.lastIndexOf('.') + 1)] ?? super.getScriptKind(fileName);
  }

  /** Everything that is wrong in one file: errors of syntax and of types, and what is never used. */
  async getAllDiagnostics(fileName: string, withTypes: boolean): Promise<readonly Diagnostic[]> {
    const service = this.getLanguageService();
    return TypeScriptWorker.clearFiles([
      ...service.getSyntacticDiagnostics(fileName),
      ...(withTypes ? [...service.getSemanticDiagnostics(fileName), ...service.getSuggestionDiagnostics(fileName)] : []),
    ]);
  }

  /** With names that are not imported yet. */
  async completionsAt(fileName: string, offset: number): Promise<CompletionInfo | null> {
    const found = this.getLanguageService().getCompletionsAtPosition(fileName, offset, COMPLETION, FORMAT);
    return found === undefined ? null : { ...found, entries: found.entries.filter((entry) => !isInsidePackage(entry)) };
  }

  async completionDetails(fileName: string, offset: number, { name, source, data }: EntryName): Promise<CompletionDetails | null> {
    return this.getLanguageService().getCompletionEntryDetails(fileName, offset, name, FORMAT, source, COMPLETION, data) ?? null;
  }

  /** Monaco's own asks with no preferences, and offers the files inside of a package beside the package. */
  async codeFixesAt(fileName: string, start: number, end: number, errors: readonly number[]): Promise<readonly CodeFix[]> {
    const fixes = this.getLanguageService().getCodeFixesAtPosition(fileName, start, end, errors, FORMAT, PREFERENCES);
    return fixes.filter(({ description }) => !INSIDE_PACKAGE.test(description));
  }

  /** A fix for all places of the file that it fits. */
  async allFixes(fileName: string, fixId: unknown): Promise<readonly FileTextChanges[]> {
    return this.getLanguageService().getCombinedCodeFix({ type: 'file', fileName }, fixId, FORMAT, PREFERENCES).changes;
  }

  async organizeImports(fileName: string): Promise<readonly FileTextChanges[]> {
    return this.getLanguageService().organizeImports({ type: 'file', fileName }, FORMAT, PREFERENCES);
  }
}

function isInsidePackage({ source, data }: CompletionEntry): boolean {
  const resolved = data?.moduleSpecifier;
  // Where no specifier was made yet the file says it; the package's own index leads to files inside of it.
  return INSIDE_PACKAGE.test(resolved ?? source ?? '');
}

self.addEventListener('message', () => initialize((context, createData) => new StudioTypeScriptWorker(context, createData)), {
  once: true,
});
