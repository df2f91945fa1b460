/** The broker of the test partner: a topic that is deleted is gone, and one of its name that is made anew is read from its first record. */
import { expect, inject, test } from 'vitest';
import { connectPartner } from './driver/partner-client.ts';
import type { ReadRecord } from './driver/partner-client.ts';

const ROUNDS = 60;

test('topics of one name can be made, followed and deleted again and again', async () => {
  const partner = await connectPartner(inject('partner'));
  const topics = [{ topic: 'again' }, { topic: 'and-again', partitions: 2 }];
  try {
    for (let round = 1; round <= ROUNDS; round += 1) {
      const seen: ReadRecord[] = [];
      let look: () => void = () => undefined;
      const stop = partner.onRecord((record) => {
        seen.push(record);
        look();
      });
      await partner.createTopics(topics);
      await partner.follow(topics);
      await partner.produce([
        { topic: 'again', key: `first of ${round}`, value: null },
        { topic: 'again', key: `second of ${round}`, value: null },
        { topic: 'and-again', partition: 1, key: `third of ${round}`, value: null },
      ]);
      await new Promise<void>((resolve) => {
        look = () => {
          // Three records, and two readers.
          if (seen.length >= 6) {
            resolve();
          }
        };
        look();
      });
      stop();
      const committed = seen.filter(({ isolation }) => isolation === 'read_committed').map(({ key, offset }) => [key, offset]);
      expect(committed.toSorted()).toEqual([
        [`first of ${round}`, 0],
        [`second of ${round}`, 1],
        [`third of ${round}`, 0],
      ]);
      await partner.deleteTopics(topics);
    }
  } finally {
    partner.close();
  }
});
