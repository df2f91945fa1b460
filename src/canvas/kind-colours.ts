import type { Kind } from '../ui/KindChip.tsx';

/** The token that holds each kind's colour. */
export const KIND_COLOUR = {
  ingress: 'var(--kind-ingress)',
  router: 'var(--kind-router)',
  function: 'var(--kind-function)',
  egress: 'var(--kind-egress)',
  endpoint: 'var(--kind-endpoint)',
  custom: 'var(--kind-external)',
  external: 'var(--kind-external)',
  note: 'var(--text-2)',
} satisfies Record<Kind, string>;
