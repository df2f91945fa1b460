/** What a thing is, by icon and colour: the only place where the colour of a kind fills an area. */
import { Globe, LogIn, LogOut, Plug, Server, Split, SquareFunction, StickyNote } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import styles from './KindChip.module.css';

/** The kinds of graph items; the same names as the model's NodeKind. */
export type Kind = 'ingress' | 'router' | 'function' | 'egress' | 'endpoint' | 'custom' | 'external' | 'note';

export const KIND_ICONS = {
  ingress: LogIn,
  router: Split,
  function: SquareFunction,
  egress: LogOut,
  endpoint: Server,
  custom: Plug,
  external: Globe,
  note: StickyNote,
} satisfies Record<Kind, LucideIcon>;

/** The chip: icon on the kind's soft colour. Decorative; the name stands beside it. */
export function KindChip({ kind, size = 'normal' }: { readonly kind: Kind; readonly size?: 'normal' | 'large' }) {
  const Icon = KIND_ICONS[kind];
  return (
    <span className={`${styles.chip} ${styles[kind]} ${styles[size]}`} aria-hidden="true">
      <Icon />
    </span>
  );
}

/** The icon alone, in the kind's colour: for trees and lists. */
export function KindIcon({ kind }: { readonly kind: Kind }) {
  const Icon = KIND_ICONS[kind];
  return <Icon className={`${styles.icon} ${styles[kind]}`} aria-hidden="true" />;
}
