/** A button's menu. Items are data, so that one table of actions can feed it. */
import type { ReactElement, ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator, Text } from 'react-aria-components';
import { Kbd } from './Kbd.tsx';
import styles from './Menu.module.css';

export type MenuEntry =
  | {
      readonly id: string;
      readonly label: string;
      readonly icon?: ReactNode;
      readonly keys?: string | undefined;
      readonly description?: string | undefined;
      readonly isDisabled?: boolean | undefined;
      readonly danger?: boolean | undefined;
    }
  | { readonly separator: string };

export interface MenuProps {
  /** The menu's accessible name. */
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly onAction: (id: string) => void;
  /** A Button or IconButton. */
  readonly children: ReactElement;
  readonly placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end' | 'right top';
}

export function Menu({ label, entries, onAction, children, placement = 'bottom start' }: MenuProps) {
  return (
    <MenuTrigger>
      {children}
      <Popover className={styles.popover ?? ''} placement={placement} offset={4}>
        <MenuList label={label} entries={entries} onAction={onAction} />
      </Popover>
    </MenuTrigger>
  );
}

/** The list alone, for a popover that the caller opens (a context menu). */
export function MenuList({
  label,
  entries,
  onAction,
  takesFocus = false,
}: Pick<MenuProps, 'label' | 'entries' | 'onAction'> & { readonly takesFocus?: boolean }) {
  return (
    <AriaMenu
      aria-label={label}
      {...(takesFocus ? { autoFocus: 'first' as const } : {})}
      className={styles.menu ?? ''}
      onAction={(key) => onAction(String(key))}
    >
      {entries.map((entry) =>
        'separator' in entry ? (
          <Separator key={entry.separator} className={styles.separator ?? ''} />
        ) : (
          <MenuItem
            key={entry.id}
            id={entry.id}
            textValue={entry.label}
            isDisabled={entry.isDisabled ?? false}
            className={`${styles.item} ${entry.danger === true ? styles.danger : ''}`}
          >
            <span className={styles.icon}>{entry.icon}</span>
            <span className={styles.text}>
              <Text slot="label">{entry.label}</Text>
              {entry.description === undefined ? null : (
                <Text slot="description" className={styles.description ?? ''}>
                  {entry.description}
                </Text>
              )}
            </span>
            {entry.keys === undefined ? null : <Kbd keys={entry.keys} />}
          </MenuItem>
        ),
      )}
    </AriaMenu>
  );
}
