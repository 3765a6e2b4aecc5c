import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { openRecords } from '../../archive/git/records-archive.ts';

// Records pairs of snapshot and version until it is killed, and says on stdout which are acknowledged. Now and then it
// does what ends a run, so that kills meet that as well.

const directory = process.argv[2] ?? '';
const archive = await openRecords({
  snapshotsDirectory: join(directory, 'snapshots'),
  versionsDirectory: join(directory, 'versions'),
  author: { name: 'Kill test', email: 'kill@clausewatch.example' },
  engineVersion: 'clausewatch/test',
  create: true,
  groupSize: 7,
  groupDelay: 40,
});
const say = (line: string): void => void writeSync(1, `${line}\n`);
say('ready');

async function recordPairs(worker: number): Promise<never> {
  for (let round = 0; ; round++) {
    const names = { serviceId: `Service ${(worker * 7 + round) % 40}`, termsType: 'Terms of Service' };
    const text = randomBytes(2000 + 300 * worker).toString('base64');
    const fetchDate = new Date();
    const snapshot = await archive.recordSnapshot({
      ...names,
      documentId: undefined,
      mimeType: 'text/html',
      content: Buffer.from(`<p>${text}</p>`),
      fetcher: 'htmlOnly',
      location: 'https://service.example/terms',
      fetchDate,
    });
    void snapshot.acknowledged.then(() => say(`snapshot ${snapshot.record.id}`));
    const version = await archive.recordVersion({
      ...names,
      content: text,
      snapshotIds: [snapshot.record.id],
      isTechnicalUpgrade: false,
      fetchDate,
    });
    await version.acknowledged;
    say(`version ${version.record.id}`);
  }
}

const work = Array.from({ length: 6 }, (_, worker) => recordPairs(worker));
const tidy = async (): Promise<never> => {
  for (let turn = 0; ; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    if (turn % 2) await archive.maintain();
    else await archive.updateWorkTrees();
  }
};
await Promise.race([...work, tidy()]);
