import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openLedger } from '../../../archive/ledger/ledger.ts';
import { startProcess } from '../../helpers/child-process.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const WRITE_CHECKS = join(import.meta.dirname, 'processes', 'write-checks.ts');
const KILLS = 25;

test(`no acknowledged check is lost in ${KILLS} kills, and the file stays whole`, async () => {
  const file = join(await temporaryDirectory(), 'ledger.sqlite');
  const acknowledged: string[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const writer = startProcess(WRITE_CHECKS, [file]);
    const reading = (async () => {
      for (;;) {
        const { value, done } = await writer.lines.next();
        if (done) return;
        acknowledged.push(value);
      }
    })();
    // By what it did, not by the clock: on a busy machine or disk a check takes twenty times as long. The rest of a
    // moment is what differs, so that kills meet all parts of a write.
    const enough = acknowledged.length + 6 + (kill % 7);
    while (acknowledged.length < enough && writer.child.exitCode === null) await delay(1);
    await delay((kill * 0.37) % 5);
    await writer.kill();
    await reading;
  }
  const database = new DatabaseSync(file);
  expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  const noted = new Set(
    database
      .prepare('SELECT snapshot_id FROM checks')
      .all()
      .map((row) => row.snapshot_id),
  );
  expect(acknowledged.filter((id) => !noted.has(id))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(KILLS * 5);
  // At most the one that was being acknowledged when its process was killed.
  expect(noted.size - acknowledged.length).toBeLessThanOrEqual(KILLS);
  database.close();
  const ledger = openLedger(file);
  expect(ledger.lastRun()).toMatchObject({ id: KILLS, status: 'interrupted' });
  expect(ledger.counts().runs).toBe(KILLS);
  ledger.close();
}, 240_000);
