/** Exports for tests, and what their files say, read by parsers that the export does not use. */
import { parse, parseAllDocuments } from 'yaml';
import { DEFAULT_EXPORT } from '../../src/export/export-options.ts';
import type { ExportOptions } from '../../src/export/export-options.ts';
import { exportProject } from '../../src/export/export-project.ts';
import type { ExportedProject } from '../../src/export/export-project.ts';
import { filePath } from '../../src/base/ids.ts';
import { projectOf } from '../../src/model/project.ts';
import { loadExample } from '../support/load-example.ts';

export const FUNCTION = "export const spec = { typename: 'shop/one', fn: () => undefined };\n";

export function exportOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Partial<ExportOptions> = {},
  name = 'shop',
): ExportedProject {
  const result = exportProject(projectOf(files), name, { ...DEFAULT_EXPORT, ...options });
  if (!result.ok) {
    throw new Error(JSON.stringify(result.error));
  }
  return result.value;
}

export function exampleFiles(id: string): Readonly<Record<string, string>> {
  return Object.fromEntries(loadExample(id));
}

/** A project around one module.yaml. */
export function withModule(module: string, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return { 'module.yaml': module, 'functions/one.ts': FUNCTION, ...more };
}

export function textOf({ files }: ExportedProject, path: string): string {
  const text = files.get(filePath(path));
  if (typeof text !== 'string') {
    throw new Error(`no text ${path} among ${[...files.keys()].join(', ')}`);
  }
  return text;
}

export interface Compose {
  readonly services: Readonly<Record<string, Service>>;
}

export interface Service {
  readonly image?: string;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly command?: string | readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly networks?: { readonly default: { readonly aliases: readonly string[] } };
}

export function composeOf(exported: ExportedProject, path = 'compose.yaml'): Compose {
  return parse(textOf(exported, path)) as Compose;
}

export function manifestsOf(exported: ExportedProject, path: string): readonly Record<string, unknown>[] {
  return parseAllDocuments(textOf(exported, path)).map((document) => document.toJS() as Record<string, unknown>);
}

/** `key: value` lines. */
export function confOf(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]));
}
