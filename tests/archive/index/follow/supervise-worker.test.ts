import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { FromKeeper } from '../../../../archive/index/follow/messages.ts';
import { superviseWorker } from '../../../../archive/index/follow/supervise-worker.ts';
import { temporaryDirectory } from '../../../helpers/temporary-directory.ts';

test('a worker that dies is replaced, with longer and longer pauses, and the process lives', async () => {
  const directory = await temporaryDirectory();
  const heard: FromKeeper[] = [];
  const deaths: string[] = [];
  const pauses: number[] = [];
  let starts = 0;
  const worker = superviseWorker({
    settings: {
      versionsDirectory: join(directory, 'versions'),
      snapshotsDirectory: join(directory, 'snapshots'),
      indexFile: join(directory, 'index.sqlite'),
      lockFile: join(directory, 'index.lock'),
      command: 'test',
      pollInterval: 50,
    },
    onMessage: (message) => heard.push(message),
    onDeath(cause, pause) {
      deaths.push(cause);
      pauses.push(pause);
    },
    onStart: () => starts++,
    script: new URL('./dying-worker.ts', import.meta.url),
    memory: { maxOldGenerationSizeMb: 32 },
  });
  onTestFinished(() => worker.close(1_000));

  await expect.poll(() => starts, { timeout: 30_000 }).toBe(4);
  worker.tell({ kind: 'catch-up', request: 1 });
  await expect.poll(() => heard, { timeout: 30_000 }).toEqual([{ kind: 'caught-up', request: 1, failure: undefined }]);
  expect(deaths).toEqual(['a planted error', 'it ended with code 7', expect.stringMatching(/memory limit/)]);
  expect(pauses).toEqual([250, 500, 1_000]);
  await worker.close(1_000);
  expect(starts).toBe(4);
});
