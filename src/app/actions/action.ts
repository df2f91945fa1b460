/** What an entry of the table of actions is. Buttons, menus, the palette, the shortcuts and their help read the table. */
import type { LucideIcon } from 'lucide-react';

/**
 * Where an action's keys act. `anywhere`: also inside fields and editors. `outside-fields`: not where typing goes.
 * `letters`: single keys, only while canvas or dock (or nothing) has focus and no field or button has.
 */
export type KeyPlace = 'anywhere' | 'outside-fields' | 'letters';

export type ActionGroup = 'Project' | 'Edit' | 'View' | 'Run' | 'Help';

export interface Action {
  readonly id: string;
  /** The words of the design's table; both halves where one action has two faces (`Play / Pause`). */
  readonly label: string;
  /** Which face it has now; the label when absent. */
  readonly labelNow?: () => string;
  readonly group: ActionGroup;
  /** E.g. `Ctrl+Shift+Z`; the first is the one shown. */
  readonly keys: readonly string[];
  readonly place: KeyPlace;
  /** What it does, in one line, for the help. */
  readonly help: string;
  readonly icon?: LucideIcon;
  /** Not offered by the palette: it makes no sense there. */
  readonly keysOnly?: boolean;
  readonly enabled: () => boolean;
  readonly run: () => void;
}

export function labelOf(action: Action): string {
  return action.labelNow?.() ?? action.label;
}
