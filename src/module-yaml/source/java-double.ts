/**
 * Numbers with a fraction as Java writes them: `1000.0`, `1.0E21`, `Infinity`. Java before 19 gives some numbers beyond 1E21, and the smallest
 * of all, other last digits than the shortest ones given here.
 */
export function javaDouble(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : `${sign}Infinity`;
  }
  if (value === 0 || (size >= 1e-3 && size < 1e7)) {
    return Number.isInteger(size) ? `${sign}${size}.0` : `${sign}${size}`;
  }
  const [mantissa = '', exponent = '0'] = size.toExponential().split('e');
  return `${sign}${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}
