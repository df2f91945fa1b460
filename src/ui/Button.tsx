/** The one button: quiet unless a variant says otherwise. Reached by keyboard, never a bare div. */
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { ButtonProps as AriaButtonProps } from 'react-aria-components';
import styles from './Button.module.css';

/** `link` sits in text; `primary` appears at most once on a screen. */
export type ButtonVariant = 'quiet' | 'line' | 'primary' | 'danger' | 'link';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  readonly variant?: ButtonVariant;
  readonly size?: 'small' | 'normal' | 'large';
  readonly icon?: ReactNode;
  readonly children?: ReactNode;
  readonly className?: string | undefined;
}

export function Button({ variant = 'quiet', size = 'normal', icon, children, className, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={[styles.button, styles[variant], styles[size], className].filter(Boolean).join(' ')}>
      {icon}
      {children}
    </AriaButton>
  );
}
