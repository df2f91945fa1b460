/**
 * JSON whose texts hold placeholders, put together once into text with gaps. A text that is nothing but one placeholder
 * of a number becomes that number, so that `{ amount: '{{int 1 500}}' }` gives `{"amount":317}`.
 */
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { JsonValue } from '../base/json.ts';
import { fillTemplate, parseTemplate } from '../runtime/feeds/template.ts';
import type { Template } from '../runtime/feeds/template.ts';
import type { FillContext } from '../runtime/feeds/placeholder-kinds.ts';

interface Gap {
  readonly template: Template;
  /** The text goes in as it is, without quotes. */
  readonly bare: boolean;
  /** JSON text behind the gap. */
  readonly after: string;
}

export interface JsonTemplate {
  readonly before: string;
  readonly gaps: readonly Gap[];
}

/** Numbers without a width: with one they may begin with zeros, which no JSON number does. */
const NUMBER = /^\{\{\s*(?:n|now|int\s+-?\d+\s+-?\d+|zipf\s+\d+|float\s[^}]*)\s*\}\}$/;

/** What is wrong with the placeholders, each as a sentence. */
export function compileJson(value: JsonValue): Result<JsonTemplate, readonly string[]> {
  const errors: string[] = [];
  const texts: string[] = [''];
  const gaps: { template: Template; bare: boolean }[] = [];
  const write = (more: string): void => {
    texts[texts.length - 1] += more;
  };
  const visit = (part: JsonValue): void => {
    if (typeof part === 'string' && part.includes('{{')) {
      const template = parseTemplate(part);
      if (template.ok) {
        gaps.push({ template: template.value, bare: NUMBER.test(part) });
        texts.push('');
      } else {
        errors.push(...template.error.map(({ message }) => message));
      }
    } else if (isList(part)) {
      write('[');
      part.forEach((item, index) => {
        write(index === 0 ? '' : ',');
        visit(item);
      });
      write(']');
    } else if (typeof part === 'object' && part !== null) {
      write('{');
      Object.entries(part).forEach(([key, member], index) => {
        write(`${index === 0 ? '' : ','}${JSON.stringify(key)}:`);
        visit(member);
      });
      write('}');
    } else {
      write(JSON.stringify(part));
    }
  };
  visit(value);
  return errors.length > 0
    ? err(errors)
    : ok({ before: texts[0] ?? '', gaps: gaps.map((gap, index) => ({ ...gap, after: texts[index + 1] ?? '' })) });
}

export function fillJson({ before, gaps }: JsonTemplate, context: FillContext): string {
  let text = before;
  for (const [index, { template, bare, after }] of gaps.entries()) {
    const filled = fillTemplate(template, context, `json ${index}`);
    text += (bare ? filled : JSON.stringify(filled)) + after;
  }
  return text;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
