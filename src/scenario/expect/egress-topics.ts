/** Which egress wrote which record: a topic's records do not say, and two egresses may write to one topic. */
import type { Typename } from '../../base/ids.ts';
import type { ScenarioView } from '../scenario-host.ts';
import type { EgressExpectation } from '../scenario.ts';
import type { TraceEvent } from '../../runtime/trace-event.ts';
import type { WrittenRecord } from './egress-expectation.ts';

interface TopicWriters {
  readonly first: Typename;
  /** Records that another egress than the first wrote, by place; none in the usual case. */
  readonly others: Map<string, Typename>;
}

const PAGE = 1000;

export class EgressTopics {
  readonly #topics = new Map<string, TopicWriters>();

  note(event: TraceEvent): void {
    if (event.type !== 'egress-written') {
      return;
    }
    const writers = this.#topics.get(event.topic);
    if (writers === undefined) {
      this.#topics.set(event.topic, { first: event.egress, others: new Map() });
    } else if (writers.first !== event.egress) {
      writers.others.set(placeKey(event.partition, event.offset), event.egress);
    }
  }

  /** The records that an expectation is about, in the order of time; those of one time by partition and offset. */
  records({ egress, topic, key, read }: EgressExpectation, view: ScenarioView): readonly WrittenRecord[] {
    const found: (WrittenRecord & { readonly at: number })[] = [];
    for (const [name, writers] of this.#topics) {
      if (topic !== null && topic !== name) {
        continue;
      }
      const { total } = view.records(name, 0, 0);
      for (let from = 0; from < total; from += PAGE) {
        for (const row of view.records(name, from, PAGE).rows) {
          const writer = row.call === null ? null : (writers.others.get(placeKey(row.partition, row.offset)) ?? writers.first);
          const visible = read === 'uncommitted' || row.done;
          if (writer === egress && visible && (key === null || row.key === key)) {
            found.push({ topic: name, key: row.key, value: row.value ?? new Uint8Array(), at: row.at });
          }
        }
      }
    }
    return found.sort((left, right) => left.at - right.at);
  }
}

function placeKey(partition: number, offset: number): string {
  return `${partition}/${offset}`;
}
