/** A button that shows only an icon: its label is its accessible name and its tooltip. */
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Tooltip } from './Tooltip.tsx';
import styles from './IconButton.module.css';

export interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  readonly label: string;
  readonly icon: ReactNode;
  /** Shortcut shown in the tooltip, e.g. `Ctrl+Z`. */
  readonly keys?: string | undefined;
  /** For a button that stays pressed; sets aria-pressed. */
  readonly pressed?: boolean | undefined;
  readonly size?: 'small' | 'normal' | 'large';
  readonly className?: string | undefined;
}

export function IconButton({ label, icon, keys, pressed, size = 'normal', className, ...rest }: IconButtonProps) {
  return (
    <Tooltip content={label} keys={keys}>
      <AriaButton
        {...rest}
        aria-label={label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        className={[styles.button, styles[size], className].filter(Boolean).join(' ')}
      >
        {icon}
      </AriaButton>
    </Tooltip>
  );
}
