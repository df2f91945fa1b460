/** Takes a secret out of code: the literal that holds it becomes what the environment holds. */
import { literalAround } from '../../analysis/literal-around.ts';
import type { TextSecret } from './text-secrets.ts';

export interface CodeReplacement {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  /** Null where nothing has to be filled in, as in a comment. */
  readonly name: string | null;
  /** The whole literal's value, which the variable stands for. */
  readonly value: string;
}

/** Null where it cannot be taken out without another meaning: then it stays, and is told. */
export function codeReplacement(text: string, secret: TextSecret, nameOf: (value: string, name: string) => string): CodeReplacement | null {
  const around = literalAround(text, secret.from);
  const { from, to, value } = secret;
  // A key goes on for lines, and its end may be in another literal.
  const isWhole =
    secret.name !== 'PRIVATE_KEY' || (around?.type === 'literal' && /-----END (?:[A-Z]+ )*PRIVATE KEY-----/.test(around.inner));
  if (around === null || !isWhole) {
    return null;
  }
  if (around.type === 'comment') {
    return { from, to, insert: '…', name: null, value };
  }
  const name = nameOf(around.inner, secret.name);
  return { from: around.from, to: around.to, insert: `(process.env.${name} ?? '')`, name, value: around.inner };
}
