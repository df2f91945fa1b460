/** YAML files as they are generated: a head that says so, then sections with a comment each. */
import type { JsonValue } from '../../base/json.ts';
import { GENERATED_MARK } from '../../model/generated-files.ts';
import { DEFAULT_STYLE, blockLines } from '../../module-yaml/write/block-writer.ts';

export function head(...comment: readonly string[]): string[] {
  return [`# ${GENERATED_MARK}.`, ...comment.map(commented)];
}

export function commented(line: string): string {
  return line === '' ? '#' : `# ${line}`;
}

/** A map's or a list's lines, so many columns in. */
export function yamlLines(value: JsonValue, column = 0): readonly string[] {
  return blockLines(value, column, DEFAULT_STYLE);
}

export function yamlText(comment: readonly string[], ...documents: readonly JsonValue[]): string {
  const bodies = documents.map((document) => yamlLines(document).join('\n'));
  return `${head(...comment).join('\n')}\n${bodies.join('\n---\n')}\n`;
}
