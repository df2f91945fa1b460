/** A button fed by the table of actions: words, icon, keys and when it may run come from there. */
import type { LucideIcon } from 'lucide-react';
import { Button } from '../../ui/Button.tsx';
import type { ButtonVariant } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { useAction } from './use-action.ts';

export function ActionButton({
  id,
  variant = 'quiet',
  icon,
}: {
  readonly id: string;
  readonly variant?: ButtonVariant;
  readonly icon?: LucideIcon;
}) {
  const { action, label, enabled, keys } = useAction(id);
  const Icon = icon ?? action.icon;
  return (
    <Tooltip content={action.help} keys={keys}>
      <Button
        variant={variant}
        isDisabled={!enabled}
        onPress={action.run}
        icon={Icon === undefined ? undefined : <Icon aria-hidden="true" />}
      >
        {label}
      </Button>
    </Tooltip>
  );
}

export interface ActionIconButtonProps {
  readonly id: string;
  readonly icon?: LucideIcon;
  readonly pressed?: boolean;
  readonly size?: 'small' | 'normal' | 'large';
}

export function ActionIconButton({ id, icon, pressed, size = 'normal' }: ActionIconButtonProps) {
  const { action, label, enabled, keys } = useAction(id);
  const Icon = icon ?? action.icon;
  return (
    <IconButton
      label={label}
      keys={keys}
      size={size}
      pressed={pressed}
      isDisabled={!enabled}
      onPress={action.run}
      icon={Icon === undefined ? null : <Icon aria-hidden="true" />}
    />
  );
}
