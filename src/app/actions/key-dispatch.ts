/**
 * Turns key presses into actions. Keys that act anywhere are taken before an editor sees them; all others only after
 * nobody wanted them.
 */
import { ACTIONS } from './registry.ts';
import type { Action, KeyPlace } from './action.ts';
import { keyText } from './keys.ts';

const byKey = new Map<string, Action>(ACTIONS.flatMap((action) => action.keys.map((key) => [key, action] as const)));

export function startKeys(): void {
  window.addEventListener('keydown', preloadDialogs, { capture: true });
  window.addEventListener('keydown', (event) => dispatch(event, ['anywhere']), { capture: true });
  window.addEventListener('keydown', (event) => dispatch(event, ['outside-fields', 'letters']));
}

/** Ctrl going down announces a shortcut: what is typed after Ctrl+K must find the palette there. */
function preloadDialogs(event: KeyboardEvent): void {
  if (event.key === 'Control' || event.key === 'Meta') {
    window.removeEventListener('keydown', preloadDialogs, { capture: true });
    void import('../dialogs/Dialogs.tsx');
  }
}

function dispatch(event: KeyboardEvent, places: readonly KeyPlace[]): void {
  if (event.defaultPrevented || event.isComposing) {
    return;
  }
  const action = byKey.get(keyText(event));
  if (ownsKeys(event.target, keyText(event))) {
    return;
  }
  if (action === undefined || !places.includes(action.place) || !acts(action.place, event.target) || !action.enabled()) {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  action.run();
}

/** A form may keep keys to itself: `data-own-keys` of what holds it names them. */
function ownsKeys(target: EventTarget | null, keys: string): boolean {
  return target instanceof Element && target.closest<HTMLElement>('[data-own-keys]')?.dataset['ownKeys'] === keys;
}

const FIELDS =
  'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"], [role="combobox"], .monaco-editor';
const BUTTONS =
  'button, a[href], [role="button"]:not(.react-flow__node), [role="menuitem"], [role="option"], [role="radio"], [role="switch"], [role="checkbox"], [role="tab"]';

/** Whether keys of such an action act while this element has the focus. */
function acts(place: KeyPlace, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) {
    return true;
  }
  if (target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !== null) {
    return false;
  }
  if (place === 'anywhere') {
    return true;
  }
  if (target.closest(FIELDS) !== null) {
    return false;
  }
  return (
    place === 'outside-fields' ||
    (target.closest(BUTTONS) === null && (target === document.body || target.closest('[data-letters="true"]') !== null))
  );
}
