/** Keyboard events as the table writes them: `Ctrl+Shift+Z`, `Del`, `Space`, `\`. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const NAMES: Readonly<Record<string, string>> = { ' ': 'Space', Delete: 'Del', Backspace: 'Del', Escape: 'Esc' };

export function keyText(press: KeyPress): string {
  const letter = /^\p{L}$/u.test(press.key);
  const named = press.key.length > 1 || press.key === ' ';
  const parts: string[] = [];
  if (press.ctrlKey || press.metaKey) {
    parts.push('Ctrl');
  }
  if (press.altKey) {
    parts.push('Alt');
  }
  // A symbol already says that Shift was held.
  if (press.shiftKey && (letter || named)) {
    parts.push('Shift');
  }
  parts.push(NAMES[press.key] ?? (letter ? press.key.toUpperCase() : press.key));
  return parts.join('+');
}
