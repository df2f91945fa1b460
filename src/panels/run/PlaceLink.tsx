/** `fraud-count.ts:16`, which opens the line. */
import type { CodePlace } from '../../protocol/call.ts';
import { openPlace, placeText } from './code-places.ts';
import styles from './PlaceLink.module.css';

export function PlaceLink({ place }: { readonly place: CodePlace }) {
  return (
    <button type="button" className={styles.link} title={`Open ${place.path}, line ${place.line}`} onClick={() => openPlace(place)}>
      {placeText(place)}
    </button>
  );
}
