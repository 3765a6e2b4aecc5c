import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import pino from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { ConfiguredCollection } from '../../archive/collections/configured-collection.ts';
import { settleCollection } from '../../archive/collections/settle-collection.ts';
import type { FetchLimits } from '../../archive/git/mirror.ts';
import { createMirrorFetcher, type MirrorFetcher } from '../../cli/fetch-on-schedule.ts';
import { InterruptedError } from '../../cli/interruption.ts';
import { makeRepository } from '../helpers/repository.ts';
import { startSilentRemote } from '../helpers/silent-remote.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

async function scene(limits: FetchLimits) {
  const directory = await temporaryDirectory();
  const origin = makeRepository(join(directory, 'origin'), { 'Lark/Terms of Service.md': 'One' });
  const remote = await startSilentRemote();
  const stop = new AbortController();
  const fetcher = createMirrorFetcher({ log: pino({ enabled: false }), signal: stop.signal, diskFloor: 0, limits });
  onTestFinished(async () => {
    stop.abort(new InterruptedError('The test is over.'));
    await fetcher.stop();
  });
  const mirror = (id: string, url: string): ConfiguredCollection =>
    settleCollection(
      {
        ...{ id, name: undefined, isTracked: false, isDefault: false, schedule: '0 0 1 1 *', data: undefined },
        ...{ declarations: undefined, snapshots: undefined, versions: { kind: 'remote', url } },
      },
      join(directory, 'data'),
    );
  return {
    fetcher,
    remote,
    silent: (id: string) => mirror(id, remote.url),
    good: mirror('good', pathToFileURL(origin).href),
  };
}

async function isFetched(fetcher: MirrorFetcher, id: string): Promise<boolean> {
  for (let waited = 0; waited < 45_000; waited += 50) {
    if (fetcher.fetches(id)?.lastFetch) return true;
    await delay(50);
  }
  return false;
}

test('a remote that never ends keeps no other mirror from being fetched', async () => {
  const { fetcher, silent, good } = await scene({ first: 3_600_000, again: 3_600_000 });
  fetcher.begin(silent('silent'));
  fetcher.begin(good);
  expect(await isFetched(fetcher, 'good')).toBe(true);
  expect(fetcher.fetches('silent')).toMatchObject({ fetches: 0 });
});

test('many of them take all places for the time of one fetch, and then it is the others’ turn', async () => {
  const { fetcher, remote, silent, good } = await scene({ first: 5_000, again: 5_000 });
  for (let number = 1; number <= 6; number++) fetcher.begin(silent(`silent-${number}`));
  fetcher.begin(good);
  expect(await isFetched(fetcher, 'good')).toBe(true);
  expect(remote.mostAtOnce()).toBe(4);
  expect(fetcher.fetches('silent-1')).toMatchObject({
    failures: 1,
    lastError: expect.stringContaining('did not send everything within'),
  });
});
