/** Small choices that outlive the page (theme, layout). Losing them loses no work, so a blocked storage is no error. */
const PREFIX = 'statefun-studio.';

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string | null): void {
  try {
    if (value === null) {
      localStorage.removeItem(PREFIX + key);
    } else {
      localStorage.setItem(PREFIX + key, value);
    }
  } catch {
    // The choice then holds until the page closes.
  }
}
