import { expect, test } from 'vitest';
import { forgetText } from '../../../../archive/index/text/forget-text.ts';
import { textOfRows } from './text-of-rows.ts';

const found = (index: ReturnType<typeof textOfRows>, text: string): string[] =>
  index
    .queries()
    .search({ text, limit: 9 })
    .hits.map(({ serviceId }) => serviceId);

/** Whether both full-text tables say of their content what they should. */
const checkTables = (index: ReturnType<typeof textOfRows>): void => {
  for (const table of ['block_words', 'block_trigrams']) {
    index.database.exec(`INSERT INTO ${table} (${table}) VALUES ('integrity-check')`);
  }
};

test('a rewritten history leaves nothing of the former one', async () => {
  const index = textOfRows();
  index.add('# Fees\n\nShared fee.\n\nOnly here, δωρεάν.\n\n个人信息在此。\n', { service: 'Acme' });
  index.add('Shared fee.\n', { service: 'Bolt' });
  await index.update();
  expect(found(index, 'fee').sort()).toEqual(['Acme', 'Bolt']);
  expect(found(index, '个人信息')).toEqual(['Acme']);

  // The history of Acme's terms is another now.
  index.database.exec("DELETE FROM version WHERE terms = (SELECT id FROM terms WHERE service_id = 'Acme')");
  forgetText(index.database, [Number(index.rows("SELECT id FROM terms WHERE service_id = 'Acme'")[0]?.id)]);
  expect(found(index, 'fee')).toEqual(['Bolt']);
  expect(found(index, '个人信息')).toEqual([]);
  index.add('Rewritten fee.\n', { service: 'Acme' });
  await index.update();

  expect(index.rows('SELECT text FROM block ORDER BY text')).toEqual([
    { text: 'Rewritten fee.' },
    { text: 'Shared fee.' },
  ]);
  expect(Object.keys(index.standings())).toEqual(['Acme: Rewritten fee.', 'Bolt: Shared fee.']);
  for (const gone of ['only', 'δωρεαν', '个人信息', '个人']) expect(found(index, gone)).toEqual([]);
  expect(index.rows('SELECT count(*) AS rows FROM block_words_docsize')).toEqual([{ rows: 2 }]);
  expect(index.rows('SELECT count(*) AS rows FROM block_trigrams_docsize')).toEqual([{ rows: 0 }]);
  checkTables(index);
});

test('the same history comes out the same again', async () => {
  const index = textOfRows();
  for (const text of ['One.\n\nTwo.\n', 'Two.\n', 'One.\n\nThree.\n']) index.add(text);
  await index.update();
  const before = index.standings();
  forgetText(index.database, [1]);
  expect(index.standings()).toEqual({});
  await index.update();
  expect(index.standings()).toEqual(before);
  expect(index.rows("SELECT count(*) AS notes FROM meta WHERE key = 'orphans'")).toEqual([{ notes: 0 }]);
  checkTables(index);
});

test('terms that have no versions any more leave nothing either', async () => {
  const index = textOfRows();
  index.add('Fee.\n');
  await index.update();
  index.database.exec('DELETE FROM version');
  forgetText(index.database, [1]);
  await expect(index.update()).resolves.toEqual({ done: 0, total: 0 });
  expect(index.rows('SELECT * FROM block')).toEqual([]);
  checkTables(index);
});
