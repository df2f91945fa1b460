/** The first records of a feed, as a run with the seed of now would get them. */
import { useMemo } from 'react';
import type { Feed } from '../../model/feed.ts';
import type { SimulationSettings } from '../../model/simulation-settings.ts';
import { sampleRecords } from './feed-edits.ts';
import { formatClock } from './virtual-clock.ts';
import { ValueInline } from './ValueCode.tsx';
import styles from './FeedsEditor.module.css';

const SAMPLES = 3;

export interface FeedPreviewProps {
  readonly feed: Feed;
  readonly files: Readonly<Record<string, string>>;
  readonly settings: SimulationSettings;
}

export function FeedPreview({ feed, files, settings }: FeedPreviewProps) {
  const samples = useMemo(() => sampleRecords(feed, files, settings, SAMPLES), [feed, files, settings]);
  return (
    <section className={styles.preview} aria-label="First records">
      <h4 className={styles.previewTitle}>
        {samples.length === 0 ? 'It sends no record' : `First ${samples.length === 1 ? 'record' : `${samples.length} records`}`}
      </h4>
      <ol className={styles.samples}>
        {samples.map((sample, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className={styles.sample}>
            <span className={styles.sampleTime}>{feed.arrival.type === 'backlog' ? 'before' : formatClock(sample.at, 0)}</span>
            <span className={styles.sampleKey} title={sample.key ?? ''}>
              {sample.key ?? 'no key'}
            </span>
            <span className={styles.sampleValue} title={sample.value ?? ''}>
              <ValueInline text={sample.value === null ? 'null' : sample.value.replace(/\s+/g, ' ')} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
