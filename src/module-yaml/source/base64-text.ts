/** Base64 as the loader decodes it behind a `!!binary` tag and writes it again. */

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The same bytes in the one way of writing them; null for a text that is no base64. */
export function canonicalBase64(text: string): string | null {
  // Blanks stand between groups of four only.
  if (!/^(?:[\u0000-\u0020]*[A-Za-z0-9+/]{4})*[\u0000-\u0020]*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?[\u0000-\u0020]*$/.test(text)) {
    return null;
  }
  const digits = text.replace(/[\u0000-\u0020]/g, '');
  const padding = digits.endsWith('==') ? 2 : digits.endsWith('=') ? 1 : 0;
  if (padding === 0) {
    return digits;
  }
  // Bits that belong to no byte are dropped.
  const at = digits.length - padding - 1;
  const last = DIGITS.indexOf(digits.charAt(at)) & (padding === 2 ? 0b110000 : 0b111100);
  return digits.slice(0, at) + DIGITS.charAt(last) + '='.repeat(padding);
}
