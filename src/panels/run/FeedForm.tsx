/** One feed: where to, when, and what. Changes are saved as they are made; the preview follows at once. */
import type { Feed, RecordFile, RecordGenerator } from '../../model/feed.ts';
import type { SimulationSettings } from '../../model/simulation-settings.ts';
import { checkFeed } from '../../runtime/feeds/feed-source.ts';
import { PLACEHOLDERS } from '../../runtime/feeds/template.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { FeedPreview } from './FeedPreview.tsx';
import { fieldsOf } from './feed-edits.ts';
import styles from './FeedsEditor.module.css';

export interface FeedFormProps {
  readonly feed: Feed;
  readonly topics: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly settings: SimulationSettings;
  readonly readOnly: boolean;
  readonly onChange: (feed: Feed, field: string) => void;
}

const OWN_FIELDS = new Set(['topic', 'count', 'key', 'value', 'arrival.perSecond', 'startAfterMillis', 'keyField', 'valueField']);

export function FeedForm({ feed, topics, files, settings, readOnly, onChange }: FeedFormProps) {
  const problems = checkFeed(feed, files);
  const errorOf = (field: string) => problems.find((problem) => problem.field === field)?.message;
  const items = [...new Set([...topics, ...(feed.topic === '' ? [] : [feed.topic])])].map((topic) => ({
    id: topic,
    label: topic,
    ...(topics.includes(topic) ? {} : { description: 'No ingress reads it' }),
  }));
  return (
    <div className={styles.fields}>
      <Select
        label="Topic"
        mono
        items={items}
        value={feed.topic === '' ? null : feed.topic}
        error={errorOf('topic')}
        isReadOnly={readOnly}
        onChange={(topic) => onChange({ ...feed, topic }, 'topic')}
      />
      <ArrivalFields feed={feed} readOnly={readOnly} errorOf={errorOf} onChange={onChange} />
      {feed.type === 'generator' ? (
        <GeneratorFields feed={feed} readOnly={readOnly} errorOf={errorOf} onChange={onChange} />
      ) : (
        <FileFields feed={feed} text={files[feed.path] ?? ''} readOnly={readOnly} errorOf={errorOf} onChange={onChange} />
      )}
      {problems
        .filter((problem) => !OWN_FIELDS.has(problem.field))
        .map((problem) => (
          <ErrorNote key={problem.field + problem.message}>{problem.message}</ErrorNote>
        ))}
      {problems.length > 0 ? null : <FeedPreview feed={feed} files={files} settings={settings} />}
    </div>
  );
}

interface PartProps<Kind extends Feed> {
  readonly feed: Kind;
  readonly readOnly: boolean;
  readonly errorOf: (field: string) => string | undefined;
  readonly onChange: (feed: Feed, field: string) => void;
}

const ARRIVALS = [
  { id: 'rate', label: 'At a rate' },
  { id: 'backlog', label: 'All before the start' },
] as const;
const JITTERS = [
  { id: 'poisson', label: 'By chance (Poisson)' },
  { id: 'none', label: 'Evenly' },
] as const;

function ArrivalFields({ feed, readOnly, errorOf, onChange }: PartProps<Feed>) {
  const { arrival } = feed;
  return (
    <div className={styles.three}>
      <Select
        label="Arrival"
        items={ARRIVALS}
        value={arrival.type}
        isReadOnly={readOnly}
        description={arrival.type === 'backlog' ? 'Read with startupPosition earliest only.' : undefined}
        onChange={(type) => {
          const backlog: Feed = { ...feed, arrival: { type: 'backlog' } };
          // A backlog has to end somewhere.
          const counted: Feed = backlog.type === 'generator' && backlog.count === null ? { ...backlog, count: 1000 } : backlog;
          onChange(type === 'backlog' ? counted : { ...feed, arrival: { type: 'rate', perSecond: 1, jitter: 'poisson' } }, 'arrival');
        }}
      />
      {arrival.type === 'backlog' ? null : (
        <>
          <NumberField
            label="Records a second"
            value={arrival.perSecond}
            minValue={0.000001}
            maxValue={1_000_000}
            error={errorOf('arrival.perSecond')}
            isReadOnly={readOnly}
            onChange={(perSecond) => perSecond !== null && onChange({ ...feed, arrival: { ...arrival, perSecond } }, 'rate')}
          />
          <Select
            label="Spread"
            items={JITTERS}
            value={arrival.jitter}
            isReadOnly={readOnly}
            onChange={(jitter) => onChange({ ...feed, arrival: { ...arrival, jitter } }, 'jitter')}
          />
          <NumberField
            label="First after"
            unit="ms"
            value={feed.startAfterMillis}
            minValue={0}
            error={errorOf('startAfterMillis')}
            isReadOnly={readOnly}
            onChange={(value) => onChange({ ...feed, startAfterMillis: value ?? 0 }, 'start')}
          />
        </>
      )}
      {feed.type === 'generator' ? (
        <NumberField
          label="How many"
          hint={arrival.type === 'rate' ? 'empty: no end' : ''}
          value={feed.count}
          minValue={0}
          step={1}
          error={errorOf('count')}
          isReadOnly={readOnly}
          onChange={(count) => onChange({ ...feed, count }, 'count')}
        />
      ) : null}
    </div>
  );
}

function GeneratorFields({ feed, readOnly, errorOf, onChange }: PartProps<RecordGenerator>) {
  return (
    <>
      <TextField
        label="Key"
        hint="template; empty: no key"
        mono
        value={feed.key}
        error={errorOf('key')}
        isReadOnly={readOnly}
        onChange={(key) => onChange({ ...feed, key }, 'key')}
      />
      <TextField
        label="Value"
        hint="template"
        mono
        rows={6}
        value={feed.value}
        error={errorOf('value')}
        isReadOnly={readOnly}
        onChange={(value) => onChange({ ...feed, value }, 'value')}
      />
      <details className={styles.help}>
        <summary>Placeholders</summary>
        <dl className={styles.placeholders}>
          {PLACEHOLDERS.map((placeholder) => (
            <div key={placeholder.usage}>
              <dt>{placeholder.usage}</dt>
              <dd>
                {placeholder.meaning} <span className={styles.example}>{placeholder.example}</span>
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}

const NONE = '\u0000none';

function FileFields({ feed, text, readOnly, errorOf, onChange }: PartProps<RecordFile> & { readonly text: string }) {
  const fields = fieldsOf(feed.format, text);
  const items = (none: string, chosen: string | null) => [
    { id: NONE, label: none },
    ...[...new Set([...fields, ...(chosen === null ? [] : [chosen])])].map((field) => ({ id: field, label: field })),
  ];
  return (
    <div className={styles.three}>
      <Select
        label="Format"
        items={[
          { id: 'jsonl', label: 'JSON lines' },
          { id: 'csv', label: 'CSV with a header' },
        ]}
        value={feed.format}
        error={errorOf('path') ?? errorOf('format')}
        isReadOnly={readOnly}
        onChange={(format) => onChange({ ...feed, format }, 'format')}
      />
      <Select
        label="Key"
        items={items('No key', feed.keyField)}
        value={feed.keyField ?? NONE}
        error={errorOf('keyField')}
        isReadOnly={readOnly}
        onChange={(field) => onChange({ ...feed, keyField: field === NONE ? null : field }, 'keyField')}
      />
      <Select
        label="Value"
        items={items(feed.format === 'csv' ? 'Whole row, as JSON' : 'Whole line', feed.valueField)}
        value={feed.valueField ?? NONE}
        error={errorOf('valueField')}
        isReadOnly={readOnly}
        onChange={(field) => onChange({ ...feed, valueField: field === NONE ? null : field }, 'valueField')}
      />
    </div>
  );
}
