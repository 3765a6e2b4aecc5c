import { expect, test } from 'vitest';
import { changes, versionWithContent } from '../../../server/api/schemas/version.ts';
import { apiOfTest } from '../../helpers/api.ts';
import { git } from '../../helpers/repository.ts';
import { servedOfTest } from '../../helpers/served.ts';

const record = (day: number) => ({
  serviceId: 'Brook',
  termsType: 'Terms of Service',
  date: `2024-01-0${day}T00:00:00Z`,
  content: `# Terms\n\nDay ${day}.`,
  snapshots: [],
});

test('ids and cursors from before a history was rewritten', async () => {
  const served = await servedOfTest({ collections: [{ id: 'ash', records: [1, 2, 3].map(record) }] });
  const api = apiOfTest(served);
  const before = changes.parse(await api.json('/changes?limit=1'));
  const former = before.data[0];
  const { versionsDirectory } = served.places('ash');
  const message = git(versionsDirectory, 'log', '-1', '--format=%B');
  git(versionsDirectory, 'commit', '--amend', '--quiet', '-m', `${message}\nX-note: rewritten`);
  await served.record('ash', [record(4)]);

  const response = await api.get(`/collections/ash/versions/${former?.id}`);
  const version = versionWithContent.parse(await response.json());
  expect(version.content).toBe('# Terms\n\nDay 3.');
  expect(version.id).not.toBe(former?.id);
  // Under an id that is no version's any more, another rewriting may put another.
  expect(response.headers.get('cache-control')).toBe('public, max-age=60');
  const now = await api.get(`/collections/ash/versions/${version.id}`);
  expect(now.headers.get('cache-control')).toContain('immutable');
  const path = former?.redline?.replace('https://watch.example/base/api', '') ?? '';
  const redline = await api.get(path);
  expect([redline.status, redline.headers.get('cache-control')]).toEqual([200, 'public, max-age=60']);

  const next = await api.get(`/changes?limit=1&cursor=${before.nextCursor}`);
  expect(next.status).toBe(400);
  expect(await next.json()).toMatchObject({ error: { code: 'cursor-outdated' } });
});
