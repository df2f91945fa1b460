/** Parts of Monaco that come without declarations, as far as this layer uses them. */
declare module 'monaco-editor/languages/features/typescript/ts.worker' {
  interface TextSpan {
    readonly start: number;
    readonly length: number;
  }
  export interface FileTextChanges {
    readonly fileName: string;
    readonly textChanges: readonly { readonly span: TextSpan; readonly newText: string }[];
  }
  export interface CodeFix {
    readonly description: string;
    readonly changes: readonly (FileTextChanges & { readonly isNewFile?: boolean })[];
    readonly fixName: string;
    /** Of a fix that can be made at all places of a file at once. */
    readonly fixId?: unknown;
    readonly fixAllDescription?: string;
    readonly commands?: readonly unknown[];
  }
  export interface DisplayPart {
    readonly text: string;
  }
  export interface CompletionEntry {
    readonly name: string;
    readonly kind: string;
    readonly kindModifiers?: string;
    readonly sortText: string;
    readonly insertText?: string;
    readonly filterText?: string;
    readonly replacementSpan?: TextSpan;
    /** The module that it comes from, for one that is not imported yet. */
    readonly source?: string;
    readonly sourceDisplay?: readonly DisplayPart[];
    readonly data?: { readonly moduleSpecifier?: string; readonly fileName?: string };
  }
  export interface CompletionInfo {
    readonly isIncomplete?: true;
    readonly optionalReplacementSpan?: TextSpan;
    readonly entries: readonly CompletionEntry[];
  }
  export interface CompletionDetails {
    readonly name: string;
    readonly displayParts: readonly DisplayPart[];
    readonly documentation?: readonly DisplayPart[];
    readonly tags?: readonly { readonly name: string; readonly text?: readonly DisplayPart[] }[];
    readonly codeActions?: readonly { readonly description: string; readonly changes: readonly FileTextChanges[] }[];
  }
  export interface MessageChain {
    readonly messageText: string;
    readonly next?: readonly MessageChain[];
  }
  export interface Diagnostic {
    readonly code: number;
    /** 0 warning, 1 error, 2 suggestion, 3 message. */
    readonly category: number;
    readonly start?: number;
    readonly length?: number;
    readonly messageText: string | MessageChain;
    readonly reportsUnnecessary?: unknown;
    readonly reportsDeprecated?: unknown;
  }
  type Options = Readonly<Record<string, unknown>>;
  interface LanguageService {
    getSyntacticDiagnostics(fileName: string): Diagnostic[];
    getSemanticDiagnostics(fileName: string): Diagnostic[];
    getSuggestionDiagnostics(fileName: string): Diagnostic[];
    getCodeFixesAtPosition(
      fileName: string,
      start: number,
      end: number,
      errorCodes: readonly number[],
      format: Options,
      preferences: Options,
    ): readonly CodeFix[];
    getCompletionsAtPosition(fileName: string, offset: number, preferences: Options, format: Options): CompletionInfo | undefined;
    getCompletionEntryDetails(
      fileName: string,
      offset: number,
      name: string,
      format: Options,
      source: string | undefined,
      preferences: Options,
      data: CompletionEntry['data'],
    ): CompletionDetails | undefined;
    getCombinedCodeFix(
      scope: { type: 'file'; fileName: string },
      fixId: unknown,
      format: Options,
      preferences: Options,
    ): { readonly changes: readonly FileTextChanges[] };
    organizeImports(args: { type: 'file'; fileName: string }, format: Options, preferences: Options): readonly FileTextChanges[];
  }
  export class TypeScriptWorker {
    constructor(context: unknown, createData: unknown);
    getLanguageService(): LanguageService;
    getScriptKind(fileName: string): number;
    static clearFiles(diagnostics: readonly Diagnostic[]): Diagnostic[];
  }
  export function initialize(create: (context: unknown, createData: unknown) => TypeScriptWorker): void;
}

declare module 'monaco-editor/editor/standalone/browser/standaloneServices' {
  export const StandaloneServices: {
    /** Only the first call counts: it says which services are replaced. */
    initialize(overrides: Readonly<Record<string, unknown>>): unknown;
  };
}
