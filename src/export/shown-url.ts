/** URLs for files and messages: who may ask is nobody else's business. */
import { TOKEN_IN_QUERY } from './secrets/secret-patterns.ts';

const TOKENS = new RegExp(TOKEN_IN_QUERY.source, 'gi');

/** The URL as it is written, but for user, password and what in its query authorizes the caller. */
export function shownUrl(url: string): string {
  const masked = url.replace(/\/\/[^/@]*@/, '//…@');
  return masked.replace(TOKENS, (match, secret: string) => `${match.slice(0, -secret.length)}…`);
}
