import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TOPICS } from '../../../extension/setup/topics.ts';

test('topics to choose from are those that changes have, by their fields', () => {
  const file = join(import.meta.dirname, '../../../server/pages/messages/en.json');
  const messages = Object.keys(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
  const topics = messages.filter((key) => key.startsWith('topic.')).map((key) => key.slice('topic.'.length));
  expect(Object.values(TOPICS).flat().sort()).toEqual(topics.sort());
  for (const [field, own] of Object.entries(TOPICS)) {
    expect(own.filter((topic) => !topic.startsWith(`${field}/`))).toEqual([]);
  }
});
