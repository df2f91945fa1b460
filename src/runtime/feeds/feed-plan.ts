/** A feed, checked and made ready: how many records it has, and how to make the one with a given ordinal. */
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { hash32 } from '../../base/random.ts';
import { encodeUtf8 } from '../../base/text-encoding.ts';
import type { Feed, RecordFile, RecordGenerator } from '../../model/feed.ts';
import { DEFAULT_SETTINGS } from '../../model/simulation-settings.ts';
import type { FeedRecord } from './feed-api.ts';
import type { FillContext } from './placeholder-kinds.ts';
import { readRecordFile } from './record-file.ts';
import { fillTemplate, parseTemplate } from './template.ts';
import type { Template } from './template.ts';

export interface FeedProblem {
  readonly field: string;
  readonly message: string;
}

export interface FeedPlan {
  /** Infinity for a generator without end. */
  readonly count: number;
  record(context: FillContext): Omit<FeedRecord, 'at'>;
}

/** As many records of a generator are filled in to see that they are JSON. */
const SAMPLES = 20;

export function planFeed(feed: Feed, files: Readonly<Record<string, string>>): Result<FeedPlan, readonly FeedProblem[]> {
  const problems = checkArrival(feed);
  const plan = feed.type === 'generator' ? planGenerator(feed) : planFile(feed, files);
  return plan.ok && problems.length === 0 ? plan : err([...problems, ...(plan.ok ? [] : plan.error)]);
}

function checkArrival(feed: Feed): FeedProblem[] {
  const problems: FeedProblem[] = [];
  if (feed.topic.trim() === '') {
    problems.push({ field: 'topic', message: 'Name the topic that the records go to.' });
  }
  if (feed.arrival.type === 'rate' && !(feed.arrival.perSecond > 0 && feed.arrival.perSecond <= 1e6)) {
    problems.push({ field: 'arrival.perSecond', message: 'A rate is more than 0 and at most 1,000,000 records a second.' });
  }
  if (!(feed.startAfterMillis >= 0)) {
    problems.push({ field: 'startAfterMillis', message: 'A feed starts 0 or more milliseconds after the run.' });
  }
  return problems;
}

function planGenerator(feed: RecordGenerator): Result<FeedPlan, readonly FeedProblem[]> {
  const problems: FeedProblem[] = [];
  if (feed.count === null && feed.arrival.type === 'backlog') {
    problems.push({ field: 'count', message: 'A backlog is there before the run begins: say how many records it has.' });
  }
  if (feed.count !== null && !(Number.isInteger(feed.count) && feed.count >= 0)) {
    problems.push({ field: 'count', message: 'The number of records is a whole number.' });
  }
  const parsed = (field: string, text: string): Template => {
    const template = parseTemplate(text, field !== 'key');
    if (template.ok) {
      return template.value;
    }
    problems.push(...template.error.map(({ message }) => ({ field, message })));
    return { texts: [''], fills: [] };
  };
  const key = feed.key === '' ? null : parsed('key', feed.key);
  const value = parsed('value', feed.value);
  const headers = feed.headers.map((header, index) => {
    if (header.name === '') {
      problems.push({ field: `headers.${index}.name`, message: 'A header needs a name.' });
    }
    return { name: header.name, value: parsed(`headers.${index}.value`, header.value) };
  });
  if (problems.length > 0) {
    return err(problems);
  }
  const valueText = (context: FillContext): string => fillTemplate(value, context, 'value');
  const keyed = (context: FillContext): FillContext => ({ ...context, key: key === null ? null : fillTemplate(key, context, 'key') });
  const badSample = /^\s*[[{](?!\{)/.test(feed.value) ? firstBadJson(feed, (context) => valueText(keyed(context))) : null;
  if (badSample !== null) {
    return err([{ field: 'value', message: badSample }]);
  }
  return ok({
    count: feed.count ?? Number.POSITIVE_INFINITY,
    record(context) {
      const full = keyed(context);
      return {
        key: full.key,
        value: encodeUtf8(valueText(full)),
        headers: headers.map((header, index) => ({ name: header.name, value: fillTemplate(header.value, full, `header ${index}`) })),
      };
    },
  });
}

/** The default seed stands for the run's: a template that fills in wrongly does so under any. */
function firstBadJson(feed: RecordGenerator, valueText: (context: FillContext) => string): string | null {
  const feedSeed = hash32(feed.id, hash32(DEFAULT_SETTINGS.seed));
  const samples = Math.min(feed.count ?? SAMPLES, SAMPLES);
  for (let ordinal = 1; ordinal <= samples; ordinal += 1) {
    const text = valueText({ feedSeed, ordinal, key: null, now: DEFAULT_SETTINGS.startAt });
    try {
      JSON.parse(text);
    } catch (error) {
      return `Record ${ordinal} is not JSON once filled in (${(error as Error).message}): ${text.length > 120 ? `${text.slice(0, 120)}…` : text}`;
    }
  }
  return null;
}

function planFile(feed: RecordFile, files: Readonly<Record<string, string>>): Result<FeedPlan, readonly FeedProblem[]> {
  const text = Object.hasOwn(files, feed.path) ? files[feed.path] : undefined;
  if (text === undefined) {
    return err([{ field: 'path', message: `There is no file “${feed.path}” in the project.` }]);
  }
  const read = readRecordFile(feed, text);
  if (!read.ok) {
    return read;
  }
  const records = read.value;
  return ok({
    count: records.length,
    record: ({ ordinal }) => ({ key: null, value: null, ...records[ordinal - 1], headers: [] }),
  });
}
