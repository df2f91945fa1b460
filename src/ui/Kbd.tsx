/** A shortcut as keycaps: `Ctrl+Shift+Z` shows as `Ctrl Shift Z`. */
import styles from './Kbd.module.css';

export function Kbd({ keys }: { readonly keys: string }) {
  return <kbd className={styles.kbd}>{keys.replaceAll('+', ' ')}</kbd>;
}
