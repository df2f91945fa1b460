/** Problems as the command line tells them: `path:line:column severity(moment) code message`, the line of the source, a mark under the place. */
import type { PlacedProblem } from '../module-yaml/verdict.ts';

export type Finding = Pick<PlacedProblem, 'code' | 'severity' | 'line' | 'column' | 'message' | 'moment' | 'fix'>;

const TAB = 4;

/** @param text the file's text, null where there is none to show */
export function findingLines(path: string, text: string | null, finding: Finding): readonly string[] {
  const { code, severity, line, column, message, moment, fix } = finding;
  const when = moment === undefined ? '' : `(${moment})`;
  const lines = [`${path}:${line}:${column} ${severity}${when} ${code} ${message}`];
  const source = text?.split(/\r\n|\r|\n/)[line - 1];
  if (source !== undefined && source.trim() !== '') {
    const number = String(line);
    const before = expanded(source.slice(0, column - 1));
    const room = 120 - number.length;
    lines.push(`  ${number} | ${shortened(expanded(source), room)}`);
    if (before.length < room) {
      lines.push(`  ${' '.repeat(number.length)} | ${' '.repeat(before.length)}^`);
    }
  }
  if (fix !== undefined) {
    lines.push(`  fix: ${fix.label}`);
  }
  return lines;
}

function expanded(text: string): string {
  return text.replaceAll('\t', ' '.repeat(TAB));
}

function shortened(text: string, room: number): string {
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
}

/** `1 error, 2 warnings`; null when there is nothing. */
export function countFindings(findings: readonly Finding[]): string | null {
  const words = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    const word = severity === 'info' ? 'note' : severity;
    return count === 0 ? [] : [`${count} ${word}${count === 1 ? '' : 's'}`];
  });
  return words.length === 0 ? null : words.join(', ');
}
