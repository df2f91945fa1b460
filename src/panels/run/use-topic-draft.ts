/** What the form of a topic begins with, and what it holds while it is open. */
import { useEffect, useState } from 'react';
import { workerClient } from '../../state/client.ts';
import { useDocument } from '../../state/document-controller.ts';
import { feedFiles } from './feed-files.ts';
import { EMPTY_DRAFT, draftOfFeed, draftOfRecord, rememberedDraft } from './record-draft.ts';
import type { RecordDraft } from './record-draft.ts';

/** The draft of the topic: what was last sent to it, else its last record, else what its feed would send. */
export function useTopicDraft(topic: string | null): readonly [RecordDraft, (draft: RecordDraft) => void] {
  const [drafts, setDrafts] = useState<Readonly<Record<string, RecordDraft>>>({});
  useEffect(() => {
    if (topic === null) {
      return undefined;
    }
    let current = true;
    const fill = async () => {
      const draft = await firstDraft(topic);
      if (current) {
        setDrafts((known) => (known[topic] === undefined ? { ...known, [topic]: draft } : known));
      }
    };
    void fill();
    return () => {
      current = false;
    };
  }, [topic]);
  const draft = (topic === null ? undefined : drafts[topic]) ?? EMPTY_DRAFT;
  return [draft, (next) => topic !== null && setDrafts((known) => ({ ...known, [topic]: next }))];
}

async function firstDraft(topic: string): Promise<RecordDraft> {
  const remembered = rememberedDraft(topic);
  if (remembered !== null) {
    return remembered;
  }
  const counted = await workerClient().ask('read-records', { topic, from: 0, count: 1 });
  const last =
    counted.ok && counted.value.total > 1
      ? await workerClient().ask('read-records', { topic, from: counted.value.total - 1, count: 1 })
      : counted;
  const record = last.ok ? last.value.rows[0] : undefined;
  if (record !== undefined) {
    return draftOfRecord(record);
  }
  const { studio, project } = useDocument.getState();
  return draftOfFeed(studio.feeds, topic, feedFiles(project, studio.feeds), studio.settings) ?? EMPTY_DRAFT;
}
