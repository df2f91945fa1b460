/** Small choices that outlive the page (theme, layout). Losing them loses no work, so a blocked storage is no error. */
const PREFIX = 'statefun-studio.';

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

/** Drops what was kept of a thing that is no more: all keys that end with its id. */
export function forget(id: string): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX) && key.endsWith(`.${id}`)) {
        localStorage.removeItem(key);
      }
    }
  } catch {
    // Nothing was kept.
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
