import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSharedBlocks } from '../../../../archive/changes/analysis/furniture/shared-blocks.ts';
import { openSharedBlocks, type SharedBlockTable } from '../../../../archive/index/analysis/shared-block-table.ts';
import { INDEX_TABLES } from '../../../../archive/index/schema.ts';

const KEYS = ['a', 'b', 'c', `d' "; --`];
const SERVICES = Array.from({ length: 9 }, (_, place) => `Service ${place}`);
const DAY = 86_400_000;

const step = fc.record({
  serviceId: fc.constantFrom(...SERVICES),
  keys: fc.subarray(KEYS),
  date: fc.integer({ min: -20, max: 400 }).map((days) => days * DAY),
  next: fc.constantFrom('go on', 'go on', 'write', 'write and open anew', 'lose'),
});

test('counts are those of one run in memory, also where it is written, opened anew, and what was not written is lost', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 0, max: 3 }), (steps, keysKept) => {
      const database = new DatabaseSync(':memory:');
      database.exec(INDEX_TABLES);
      const open = (isEmpty: boolean): SharedBlockTable => openSharedBlocks(database, { side: 1, isEmpty, keysKept });
      // The other side is never looked at.
      const other = openSharedBlocks(database, { side: 0, isEmpty: true });
      for (const serviceId of SERVICES) other.note(serviceId, KEYS, 0);
      other.write();

      let table = open(true);
      let isWritten = false;
      let written: typeof steps = [];
      let noted: typeof steps = [];
      for (const one of steps) {
        table.note(one.serviceId, one.keys, one.date);
        noted = [...noted, one];
        if (one.next === 'write' || one.next === 'write and open anew') {
          table.write();
          isWritten = true;
          written = noted;
        }
        if (one.next === 'write and open anew') table = open(false);
        if (one.next === 'lose') {
          table = open(!isWritten);
          noted = written;
        }
        const expected = createSharedBlocks();
        for (const { serviceId, keys, date } of noted) expected.note(serviceId, keys, date);
        for (const key of KEYS) {
          for (const date of [0, 60 * DAY, 200 * DAY, 500 * DAY]) {
            expect(table.count(key, 'Service 0', date)).toBe(expected.count(key, 'Service 0', date));
          }
        }
      }
      database.close();
    }),
    { numRuns: 60 },
  );
});
