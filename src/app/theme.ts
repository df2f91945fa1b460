/**
 * Light, dark or the system's. `theme.js` in public/ sets the attribute before the first paint from the same key;
 * this keeps it true afterwards.
 */
import { create } from 'zustand';
import { useView } from '../state/document-store.ts';
import { recall, remember } from './local-memory.ts';

export type ThemeChoice = 'light' | 'dark' | 'system';

const KEY = 'theme';
const dark = window.matchMedia('(prefers-color-scheme: dark)');

export const useThemeChoice = create<{ readonly choice: ThemeChoice }>()(() => ({ choice: readChoice() }));

function readChoice(): ThemeChoice {
  const kept = recall(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

function show(): void {
  const { choice } = useThemeChoice.getState();
  const theme = choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice;
  document.documentElement.dataset['theme'] = theme;
  useView.getState().setTheme(theme);
}

/** Shows the kept choice and follows the system while that is the choice. */
export function startTheme(): void {
  dark.addEventListener('change', show);
  show();
}

export function chooseTheme(choice: ThemeChoice): void {
  remember(KEY, choice);
  useThemeChoice.setState({ choice });
  show();
}

/** Light becomes dark and dark light, whatever the system says. */
export function toggleTheme(): void {
  chooseTheme(useView.getState().theme === 'dark' ? 'light' : 'dark');
}
