import { expect, onTestFinished, test } from 'vitest';
import { apisOfTest } from './apis-of-test.ts';

test('parts are taken in commit order, and each is sorted by fetch date', async () => {
  const terms = { serviceId: 'Larkmail', termsType: 'Privacy Policy' };
  const { app, close } = await apisOfTest({
    collections: [
      {
        id: 'backwards',
        kind: 'mirrored',
        records: ['2024-01-01', '2024-03-01', '2024-02-01', '2024-04-01'].map((day) => ({
          ...terms,
          date: `${day}T00:00:00Z`,
          content: `# ${day}`,
        })),
      },
    ],
  });
  onTestFinished(close);
  const dates = async (query: string): Promise<string[]> => {
    const { data } = (await (await app.request(`/backwards/api/v1/versions?${query}`)).json()) as {
      data: { fetchDate: string }[];
    };
    return data.map(({ fetchDate }) => fetchDate.slice(0, 10));
  };
  expect(await dates('limit=4')).toEqual(['2024-04-01', '2024-03-01', '2024-02-01', '2024-01-01']);
  expect(await dates('limit=2')).toEqual(['2024-04-01', '2024-02-01']);
  expect(await dates('limit=2&offset=2')).toEqual(['2024-03-01', '2024-01-01']);
});
