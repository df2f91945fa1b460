/** The user's own lines of a stack, innermost first, each a way to its line. Of endless recursion each line stands once. */
import type { CodePlace } from '../../protocol/call.ts';
import { foldStack, type StackPart } from '../../protocol/fold-stack.ts';
import { PlaceLink } from './PlaceLink.tsx';

export function PlaceStack({ stack, className }: { readonly stack: readonly CodePlace[]; readonly className: string | undefined }) {
  return stack.length === 0 ? null : (
    <ol className={className} aria-label="Stack">
      {foldStack(stack).map((part, index) => (
        // A stack may come back to a line: its parts have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>
          at <StackPartLinks part={part} />
        </li>
      ))}
    </ol>
  );
}

/** Lines that take turns, and how often they do. */
export function StackPartLinks({ part: { places, times } }: { readonly part: StackPart }) {
  return (
    <>
      {places.map((place, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a line may stand twice in one turn
        <span key={index}>
          {index === 0 ? '' : ' ← '}
          <PlaceLink place={place} />
        </span>
      ))}
      {times === 1 ? '' : ` × ${times}`}
    </>
  );
}
