import { expect, test } from 'vitest';
import { apiOfTest } from '../../helpers/api.ts';
import { servedOfTest } from '../../helpers/served.ts';

const record = (content: string) => ({
  serviceId: 'Larkmail',
  termsType: 'Terms of Service',
  date: '2024-01-01T00:00:00Z',
  content,
});

test('versions of two collections are compared', async () => {
  const served = await servedOfTest({
    collections: [
      { id: 'ash', records: [record('Letters are carried at dawn.')] },
      { id: 'birch', records: [record('Letters are carried at dusk.')] },
    ],
  });
  const api = apiOfTest(served);
  const [before, after] = ['ash', 'birch'].map(
    (id) => served.get(id)?.index().latestVersion('Larkmail', 'Terms of Service')?.id,
  );
  const redline = await api.json(`/collections/ash/redlines/${before}/${after}?afterCollection=birch`);
  expect(redline).toMatchObject({
    before: { collection: 'ash', id: before },
    after: { collection: 'birch', id: after },
    wordsInserted: 1,
    wordsDeleted: 1,
  });
  const back = await api.json(`/collections/birch/redlines/${after}/${before}?afterCollection=ash`);
  expect(back).toMatchObject({ before: { collection: 'birch' }, after: { collection: 'ash' } });
  for (const path of [
    `/collections/ash/redlines/${before}/${after}`,
    `/collections/ash/redlines/${before}/${after}?afterCollection=ash`,
    `/collections/ash/redlines/${before}/${after}?afterCollection=elm`,
    `/collections/ash/redlines/${before}/${before}?afterCollection=birch`,
  ]) {
    expect([path, (await api.get(path)).status]).toEqual([path, 404]);
  }
});
