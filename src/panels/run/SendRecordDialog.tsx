/** Puts one record into a topic by hand. */
import { Plus, Send, X } from 'lucide-react';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useDocument } from '../../state/document-controller.ts';
import { runActions } from '../../state/run-controller.ts';
import { useRun } from '../../state/run-store.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { feedFiles } from './feed-files.ts';
import { formatUnits } from './format-count.ts';
import { isJson, jsonComplaint } from './json-tokens.ts';
import { draftOfFeed, ingressTopics, recordOfDraft, rememberDraft } from './record-draft.ts';
import type { RecordDraft } from './record-draft.ts';
import { useTopicDraft } from './use-topic-draft.ts';
import styles from './SendRecordDialog.module.css';

export interface SendRecordDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Chosen beforehand; null or absent takes the first. */
  readonly topic?: string | null;
}

export function SendRecordDialog({ isOpen, onClose, topic = null }: SendRecordDialogProps) {
  const running = useRun((run) => run.status !== null);
  if (!isOpen) {
    return null;
  }
  return running ? (
    <RecordForm onClose={onClose} first={topic} />
  ) : (
    <Dialog title="Send record" isOpen onClose={onClose} size="small">
      There is no run to send a record to. Press Ctrl+Enter to simulate first.
    </Dialog>
  );
}

function RecordForm({ onClose, first }: { readonly onClose: () => void; readonly first: string | null }) {
  const topics = ingressTopics(useDocument((document) => document.graph));
  const partitions = useRun((run) => run.status?.settings.partitions ?? 1);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [topic, setTopic] = useState<string | null>(first ?? topics.keys().next().value ?? null);
  const [draft, setDraft] = useTopicDraft(topic);
  const [keepOpen, setKeepOpen] = useState(false);
  const [sent, setSent] = useState(0);
  const change = (part: Partial<RecordDraft>) => setDraft({ ...draft, ...part });
  const valueType = topic === null ? null : (topics.get(topic) ?? null);
  const complaint = draft.tombstone ? null : jsonComplaint(draft.value);

  const send = async () => {
    if (topic === null || complaint !== null) {
      return;
    }
    rememberDraft(topic, draft);
    const answer = await runActions.sendRecord(recordOfDraft(topic, valueType, draft));
    setRefusal(answer.ok ? null : answer.error.message);
    if (!answer.ok) {
      return;
    }
    if (keepOpen) {
      setSent((count) => count + 1);
    } else {
      onClose();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      void send();
    }
  };

  return (
    <Dialog
      title="Send record"
      isOpen
      onClose={onClose}
      footer={
        <div className={styles.foot}>
          <Checkbox isSelected={keepOpen} onChange={setKeepOpen}>
            Keep open
          </Checkbox>
          <output className={styles.sent}>{sent === 0 ? '' : `${formatUnits(sent, 'record')} sent`}</output>
          <Button variant="line" onPress={onClose}>
            {sent === 0 ? 'Cancel' : 'Close'}
          </Button>
          <Button variant="primary" icon={<Send />} isDisabled={topic === null || complaint !== null} onPress={() => void send()}>
            Send
          </Button>
          <Kbd keys="Ctrl+Enter" />
        </div>
      }
    >
      {/* The shortcut works from every field of the form. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div className={styles.form} onKeyDownCapture={onKeyDown}>
        {topics.size === 0 ? (
          <ErrorNote tone="warning">The module has no ingress with a router, so there is no topic to send to.</ErrorNote>
        ) : (
          <>
            <div className={styles.pair}>
              <Select
                label="Topic"
                mono
                items={[...topics.keys()].map((name) => ({ id: name, label: name }))}
                value={topic}
                onChange={setTopic}
                {...(valueType === null ? {} : { description: `The router gives the value the type ${valueType}.` })}
              />
              <Select
                label="Partition"
                items={[
                  { id: 'key', label: 'By key' },
                  ...Array.from({ length: partitions }, (_, index) => ({ id: String(index), label: String(index) })),
                ]}
                value={draft.partition === null ? 'key' : String(draft.partition)}
                onChange={(id) => change({ partition: id === 'key' ? null : Number(id) })}
              />
            </div>
            <div className={styles.keyRow}>
              <TextField
                label="Key"
                hint="becomes the id of the target"
                mono
                // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first thing one does in this dialog
                autoFocus
                value={draft.key}
                isDisabled={draft.withoutKey}
                onChange={(key) => change({ key })}
              />
              <Checkbox isSelected={draft.withoutKey} onChange={(withoutKey) => change({ withoutKey })}>
                No key
              </Checkbox>
            </div>
            {draft.withoutKey ? (
              <ErrorNote tone="warning">A Kafka ingress cannot route a record without key: the job will fail.</ErrorNote>
            ) : null}
            <ValueField draft={draft} complaint={complaint} topic={topic} onChange={change} />
            {draft.tombstone ? <ErrorNote tone="warning">StateFun has no place for a null value: the job will fail.</ErrorNote> : null}
            <Headers draft={draft} onChange={change} />
            {refusal === null ? null : <ErrorNote live>{refusal}</ErrorNote>}
          </>
        )}
      </div>
    </Dialog>
  );
}

interface PartProps {
  readonly draft: RecordDraft;
  readonly onChange: (part: Partial<RecordDraft>) => void;
}

function ValueField({
  draft,
  complaint,
  topic,
  onChange,
}: PartProps & { readonly complaint: string | null; readonly topic: string | null }) {
  const studio = useDocument((document) => document.studio);
  const project = useDocument((document) => document.project);
  const sample = topic === null ? null : draftOfFeed(studio.feeds, topic, feedFiles(project, studio.feeds), studio.settings);
  return (
    <div className={styles.value}>
      <TextField
        label="Value"
        hint={draft.value === '' ? 'empty' : isJson(draft.value) ? 'JSON' : 'text'}
        mono
        rows={8}
        value={draft.value}
        isDisabled={draft.tombstone}
        error={complaint}
        onChange={(value) => onChange({ value })}
      />
      <div className={styles.valueTools}>
        <Button
          variant="link"
          isDisabled={sample === null}
          onPress={() => {
            if (sample !== null) {
              onChange(sample);
            }
          }}
        >
          Fill in from the feed
        </Button>
        <span className={styles.space} />
        <Checkbox isSelected={draft.tombstone} onChange={(tombstone) => onChange({ tombstone })}>
          Null value
        </Checkbox>
      </div>
    </div>
  );
}

function Headers({ draft, onChange }: PartProps) {
  const set = (index: number, part: Partial<RecordDraft['headers'][number]>) =>
    onChange({ headers: draft.headers.map((header, at) => (at === index ? { ...header, ...part } : header)) });
  return (
    <fieldset className={styles.headers}>
      <legend>Headers</legend>
      {draft.headers.map((header, index) => (
        // A header has no identity but its place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={styles.header}>
          <TextField label={`Name of header ${index + 1}`} mono value={header.name} onChange={(name) => set(index, { name })} />
          <TextField label="Value" mono value={header.value} onChange={(value) => set(index, { value })} />
          <IconButton
            label={`Remove header ${index + 1}`}
            icon={<X />}
            onPress={() => onChange({ headers: draft.headers.filter((_, at) => at !== index) })}
          />
        </div>
      ))}
      <Button
        variant="quiet"
        size="small"
        icon={<Plus />}
        onPress={() => onChange({ headers: [...draft.headers, { name: '', value: '' }] })}
      >
        Add header
      </Button>
    </fieldset>
  );
}
