/** Where a run's records come from: generators and files, each with a preview of what it would send. */
import { Copy, FileUp, Plus, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { setFeeds } from '../../commands/set-feeds.ts';
import { ok } from '../../base/result.ts';
import { tryDecodeUtf8 } from '../../base/text-encoding.ts';
import type { Edit } from '../../model/edit.ts';
import type { Feed } from '../../model/feed.ts';
import { runCommand, useDocument } from '../../state/document-controller.ts';
import { checkFeed } from '../../runtime/feeds/feed-source.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { duplicateFeed, importFile, newFileFeed, newGenerator, replaceFeed } from './feed-edits.ts';
import { feedFiles } from './feed-files.ts';
import { FeedForm } from './FeedForm.tsx';
import { FeedList } from './FeedList.tsx';
import { formatBytes } from './format-count.ts';
import { ingressTopics } from './record-draft.ts';
import styles from './FeedsEditor.module.css';

/** Larger files would make every save of the project slow. */
const LARGEST_FILE = 16 * 1024 * 1024;

/** `merge`: changes of one field in a row are one step of the history. */
function saveFeeds(label: string, feeds: readonly Feed[], merge?: string, before: readonly Edit[] = []): void {
  runCommand(
    label,
    (context) => {
      const result = setFeeds(context, { feeds });
      return result.ok ? ok([...before, ...result.value]) : result;
    },
    merge === undefined ? {} : { merge },
  );
}

export function FeedsEditor({ readOnly }: { readonly readOnly: boolean }) {
  const feeds = useDocument((document) => document.studio.feeds);
  const project = useDocument((document) => document.project);
  const graph = useDocument((document) => document.graph);
  const settings = useDocument((document) => document.studio.settings);
  const [chosen, setChosen] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const topics = [...ingressTopics(graph).keys()];
  const files = feedFiles(project, feeds);
  const feed = feeds.find((candidate) => candidate.id === chosen) ?? feeds[0];

  const add = () => {
    const fed = new Set(feeds.map((other) => other.topic));
    const next = newGenerator(feeds, topics.find((topic) => !fed.has(topic)) ?? topics[0] ?? '');
    saveFeeds('Add a generator', [...feeds, next]);
    setChosen(next.id);
  };
  const addFile = async (file: File) => {
    const text = file.size > LARGEST_FILE ? null : tryDecodeUtf8(new Uint8Array(await file.arrayBuffer()));
    if (text === null) {
      setRefusal(
        file.size > LARGEST_FILE
          ? `${file.name} has ${formatBytes(file.size)}. Up to ${formatBytes(LARGEST_FILE)} fit in a project: take a part of it.`
          : `${file.name} is not UTF-8 text. Save it as JSON lines or CSV in UTF-8.`,
      );
      return;
    }
    setRefusal(null);
    const { path, edits } = importFile(useDocument.getState().project, file.name, text);
    const next = newFileFeed(feeds, feed?.topic ?? topics[0] ?? '', path, text);
    saveFeeds('Add a record file', [...feeds, next], undefined, edits);
    setChosen(next.id);
  };
  const change = (next: Feed, field: string) => saveFeeds('Change a feed', replaceFeed(feeds, next), `feed:${next.id}:${field}`);

  const addButtons = (
    <div className={styles.add}>
      <Button variant="line" icon={<Plus />} isDisabled={readOnly} onPress={add}>
        Add generator
      </Button>
      <Button variant="line" icon={<FileUp />} isDisabled={readOnly} onPress={() => picker.current?.click()}>
        Add file…
      </Button>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label="JSON lines or CSV file"
        accept=".jsonl,.ndjson,.json,.csv,text/csv,application/x-ndjson"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) {
            void addFile(file);
          }
        }}
      />
    </div>
  );
  if (feed === undefined) {
    return (
      <>
        <EmptyState action={addButtons}>
          Nothing feeds the topics yet. A generator makes records by a template; a JSON lines or CSV file is sent line by line.
        </EmptyState>
        {refusal === null ? null : <ErrorNote live>{refusal}</ErrorNote>}
      </>
    );
  }
  return (
    <div className={styles.columns}>
      <div className={styles.side}>
        <FeedList
          feeds={feeds}
          problems={new Set(feeds.filter((candidate) => checkFeed(candidate, files).length > 0).map((candidate) => candidate.id))}
          selected={feed.id}
          readOnly={readOnly}
          onSelect={setChosen}
          onEnable={(id, enabled) =>
            saveFeeds(
              enabled ? 'Enable a feed' : 'Disable a feed',
              feeds.map((candidate) => (candidate.id === id ? { ...candidate, enabled } : candidate)),
            )
          }
        />
        {addButtons}
        {refusal === null ? null : <ErrorNote live>{refusal}</ErrorNote>}
      </div>
      <section className={styles.form} aria-label={`Feed ${feed.id}`}>
        <header className={styles.head}>
          <h3 className={styles.title}>{feed.id}</h3>
          <span className={styles.kind}>{feed.type === 'generator' ? 'generator' : feed.path}</span>
          <span className={styles.space} />
          <IconButton
            size="small"
            label="Duplicate feed"
            icon={<Copy />}
            isDisabled={readOnly}
            onPress={() => {
              const copy = duplicateFeed(feeds, feed.id);
              saveFeeds('Duplicate a feed', copy.feeds);
              setChosen(copy.id);
            }}
          />
          <IconButton
            size="small"
            label="Remove feed"
            icon={<Trash2 />}
            isDisabled={readOnly}
            onPress={() => {
              saveFeeds(
                'Remove a feed',
                feeds.filter((candidate) => candidate.id !== feed.id),
              );
              setChosen(null);
            }}
          />
        </header>
        <FeedForm key={feed.id} feed={feed} topics={topics} files={files} settings={settings} readOnly={readOnly} onChange={change} />
      </section>
    </div>
  );
}
