import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitBlocks } from '../../../../archive/changes/blocks/split-blocks.ts';
import { type UnreadText, updateText } from '../../../../archive/index/text/update-text.ts';
import { textOfRows } from './text-of-rows.ts';

const LONG = 'We may change these terms at any time and will tell you thirty days before.';
const EDITED = 'We may change these terms at any time and will tell you sixty days before.';

describe('where blocks stand', () => {
  test('from the version that brings them until the one without them', async () => {
    const index = textOfRows();
    index.add('# Terms\n\nOne.\n\nTwo.\n');
    index.add('# Terms\n\nOne.\n');
    index.add('# Terms\n\nOne.\n\nTwo.\n');
    await index.update();
    const { 'Acme: # Terms': title, 'Acme: One.': one, 'Acme: Two.': two } = index.standings();
    expect(title?.spans).toEqual([[1, null]]);
    expect(one).toMatchObject({ spans: [[1, null]], heading: '# Terms' });
    expect(two).toMatchObject({
      spans: [
        [1, 2],
        [3, null],
      ],
      heading: '# Terms',
    });
  });

  test('headings of the same level close each other', async () => {
    const index = textOfRows();
    index.add('# A\n\n## B\n\nIn B.\n\n## C\n\nIn C.\n\n# D\n\nIn D.\n');
    await index.update();
    const headings = Object.entries(index.standings()).map(([name, { heading }]) => [name, heading]);
    expect(Object.fromEntries(headings)).toEqual({
      'Acme: # A': null,
      'Acme: ## B': '# A',
      'Acme: In B.': '## B',
      'Acme: ## C': '# A',
      'Acme: In C.': '## C',
      'Acme: # D': null,
      'Acme: In D.': '# D',
    });
  });

  test('a block that stands twice ends when both are gone', async () => {
    const index = textOfRows();
    for (const text of ['Same.\n\nSame.\n', 'Same.\n', 'Other.\n']) index.add(text);
    await index.update();
    expect(index.standings()['Acme: Same.']?.spans).toEqual([[1, 3]]);
  });

  test('each distinct block is stored once, however many terms have it', async () => {
    const index = textOfRows();
    index.add(`${LONG}\n`, { service: 'A' });
    index.add(`${LONG}\n`, { service: 'B' });
    await index.update();
    expect(index.rows('SELECT count(*) AS blocks FROM block')).toEqual([{ blocks: 1 }]);
    expect(index.rows('SELECT count(*) AS standings FROM standing')).toEqual([{ standings: 2 }]);
  });

  test.each([
    ['nothing', ''],
    ['only rules and blank lines', '\n\n* * *\n\n'],
    ['NUL and bytes that are no UTF-8', Buffer.from([0x41, 0, 0x42, 0xff, 0xfe, 0x0a])],
  ])('a version of %s', async (_what, text) => {
    const index = textOfRows();
    index.add('Before.\n');
    index.add(text);
    index.add('Before.\n');
    await expect(index.update()).resolves.toEqual({ done: 3, total: 3 });
    expect(index.standings()['Acme: Before.']?.spans).toEqual([
      [1, 2],
      [3, null],
    ]);
  });

  test('a text that the repository does not have is passed over and told once, now and later', async () => {
    const texts = ['One.\n\nTwo.\n', 'Missing.\n', 'One.\n'];
    for (const isOneByOne of [false, true]) {
      const index = textOfRows();
      const told: UnreadText[] = [];
      for (const text of texts) {
        const seq = index.add(text);
        if (text === 'Missing.\n') index.database.prepare("UPDATE version SET blob = x'0011' WHERE seq = ?").run(seq);
        if (isOneByOne) await index.update({ onUnread: (unread) => told.push(unread) });
      }
      await index.update({ onUnread: (unread) => told.push(unread) });
      await index.update({ onUnread: (unread) => told.push(unread) });
      expect(told).toEqual([{ count: 1, seq: 2, why: 'blob 0011 is missing' }]);
      expect(index.rows('SELECT text_seq FROM terms')).toEqual([{ text_seq: 3 }]);
      expect(index.rows("SELECT value FROM meta WHERE key = 'unread_versions'")).toEqual([{ value: '[2]' }]);
      const { 'Acme: One.': one, 'Acme: Two.': two } = index.standings();
      expect([one?.spans, two?.spans]).toEqual([[[1, null]], [[1, 3]]]);
    }
  });

  test('where nothing can be read, what was read before is written and nothing given up', async () => {
    const index = textOfRows();
    index.add('One.\n');
    index.add('Two.\n', { service: 'Other' });
    let reads = 0;
    const failing = async (): Promise<Uint8Array> => {
      if (reads++ > 0) throw new Error('the disk is gone');
      return Buffer.from('One.\n');
    };
    await expect(updateText(index.database, failing)).rejects.toThrow('the disk is gone');
    expect(index.rows('SELECT text_seq FROM terms ORDER BY id')).toEqual([{ text_seq: 1 }, { text_seq: 0 }]);
    await index.update();
    expect(index.rows('SELECT text_seq FROM terms ORDER BY id')).toEqual([{ text_seq: 1 }, { text_seq: 2 }]);
  });
});

describe('clauses go on', () => {
  const clausesOf = async (...texts: readonly string[]) => {
    const index = textOfRows();
    for (const text of texts) index.add(text);
    await index.update();
    const standings = index.standings();
    return (markdown: string): number | undefined => standings[`Acme: ${markdown}`]?.clause;
  };

  test('through an edit', async () => {
    const clause = await clausesOf(`Before.\n\n${LONG}\n`, `Before.\n\n${EDITED}\n`);
    expect(clause(EDITED)).toBe(clause(LONG));
    expect(clause('Before.')).not.toBe(clause(LONG));
  });

  test('through changed marks: an item that became a paragraph', async () => {
    const clause = await clausesOf(`* ${LONG}\n`, `${LONG}\n`);
    expect(clause(LONG)).toBe(clause(`* ${LONG}`));
  });

  test('through a return', async () => {
    const clause = await clausesOf(`${LONG}\n`, 'Access denied.\n', `${LONG}\n`);
    expect(clause(LONG)).not.toBe(clause('Access denied.'));
  });

  test('through an edit that was made while a faulty capture stood', async () => {
    const others = 'Kept one.\n\nKept two.\n\nKept three.';
    const clause = await clausesOf(`${others}\n\n${LONG}\n`, 'Access denied.\n', `${others}\n\n${EDITED}\n`);
    expect(clause(EDITED)).toBe(clause(LONG));
  });

  test('in scripts without spaces', async () => {
    const before = '我们可能会随时更改这些条款,并会提前三十天通知您。';
    const after = '我们可能会随时更改这些条款,并会提前六十天通知您。';
    const clause = await clausesOf(`${before}\n`, `${after}\n`);
    expect(clause(after)).toBe(clause(before));
  });

  test('not where too few words are the same', async () => {
    const other = 'Payments are due within fourteen days of the invoice.';
    const clause = await clausesOf(`${LONG}\n`, `${other}\n`);
    expect(clause(other)).not.toBe(clause(LONG));
  });

  test('at another place only where nearly all words are the same', async () => {
    const others = Array.from({ length: 60 }, (_, number) => `Paragraph number ${number} about ${number * 7}.`);
    const less = 'We may change these terms at any time and will post the new ones here.';
    const inPlace = await clausesOf([LONG, ...others].join('\n\n'), [less, ...others].join('\n\n'));
    expect(inPlace(less)).toBe(inPlace(LONG));
    const moved = await clausesOf([LONG, ...others].join('\n\n'), [...others, EDITED].join('\n\n'));
    expect(moved(EDITED)).toBe(moved(LONG));
    const elsewhere = await clausesOf([LONG, ...others].join('\n\n'), [...others, less].join('\n\n'));
    expect(elsewhere(less)).not.toBe(elsewhere(LONG));
  });

  test('through other marks and other links', async () => {
    const clause = await clausesOf(
      '# Fees\n\nSee [here](https://a.example).\n',
      '## Fees\n\nSee [here](https://b.example).\n',
    );
    expect(clause('## Fees')).toBe(clause('# Fees'));
    expect(clause('See [here](https://b.example).')).toBe(clause('See [here](https://a.example).'));
  });

  test('each in one wording only: the more similar one', async () => {
    const closer = LONG.replace('thirty', 'ten');
    const clause = await clausesOf(`${LONG}\n`, `${EDITED.replace('at any time', 'now and then')}\n\n${closer}\n`);
    expect(clause(closer)).toBe(clause(LONG));
    expect(clause(EDITED.replace('at any time', 'now and then'))).not.toBe(clause(LONG));
  });

  test('under a new name of the service, where they end under the former one', async () => {
    const index = textOfRows();
    index.add(`${LONG}\n\nKept.\n`, { service: 'Twitter' });
    index.add(`${EDITED}\n\nKept.\n`, { service: 'X' });
    index.rename('Twitter', 'X');
    await index.update();
    const standings = index.standings();
    expect(standings['X: Kept.']?.clause).toBe(standings['Twitter: Kept.']?.clause);
    expect(standings[`X: ${EDITED}`]?.clause).toBe(standings[`Twitter: ${LONG}`]?.clause);
    expect(standings['Twitter: Kept.']?.spans).toEqual([[1, 2]]);
    expect(standings['X: Kept.']?.spans).toEqual([[2, null]]);
  });
});

/** Spans as anybody would compute them: by looking at every version for every block. */
function naiveSpans(versions: readonly { readonly service: string; readonly text: string }[]) {
  const result: Record<string, [number, number | null][]> = {};
  for (const service of new Set(versions.map((version) => version.service))) {
    const own = versions.flatMap((version, place) =>
      version.service === service
        ? [{ seq: place + 1, blocks: new Set(splitBlocks(version.text).map(({ markdown }) => markdown)) }]
        : [],
    );
    for (const block of new Set(own.flatMap(({ blocks }) => [...blocks]))) {
      const spans: [number, number | null][] = [];
      let isStanding = false;
      for (const { seq, blocks } of own) {
        const last = spans.at(-1);
        if (blocks.has(block) && !isStanding) spans.push([seq, null]);
        else if (!blocks.has(block) && isStanding && last) last[1] = seq;
        isStanding = blocks.has(block);
      }
      if (block !== '') result[`${service}: ${block}`] = spans;
    }
  }
  return result;
}

const blockOfText = fc.constantFrom(
  '# One',
  '## Two',
  LONG,
  EDITED,
  'We never sell data.',
  'We sometimes sell data.',
  '* an item',
  '| a | b |',
  '[Link](https://a.example)',
);
const version = fc.record({
  service: fc.constantFrom('A', 'B'),
  text: fc.array(blockOfText, { maxLength: 8 }).map((blocks) => blocks.join('\n\n')),
});

describe('any sequence of versions', () => {
  test('gives the spans that a naive reading gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(version, { maxLength: 14 }), async (versions) => {
        const index = textOfRows();
        for (const { service, text } of versions) index.add(text, { service });
        await index.update();
        const found = Object.entries(index.standings()).map(([name, { spans }]) => [name, spans]);
        expect(Object.fromEntries(found)).toEqual(naiveSpans(versions));
        index.database.close();
      }),
    );
  });

  test('gives the same at once, one by one, and ended anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(version, { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        async (versions, isRenamed) => {
          const [atOnce, oneByOne, inParts] = [textOfRows(), textOfRows(), textOfRows()];
          for (const index of [atOnce, oneByOne, inParts]) {
            if (isRenamed) index.rename('A', 'B');
          }
          for (const { service, text } of versions) {
            for (const index of [atOnce, oneByOne, inParts]) index.add(text, { service });
            await oneByOne.update();
          }
          await atOnce.update();
          // Each part is ended by its signal after the first write.
          for (let left = versions.length; left >= 0; left--) {
            const ending = new AbortController();
            const part = inParts.update({
              signal: ending.signal,
              charactersAtOnce: 0,
              onProgress: () => ending.abort(new Error('ended')),
            });
            await part.catch((error: Error) => expect(error.message).toBe('ended'));
          }
          expect(oneByOne.standings()).toEqual(atOnce.standings());
          expect(inParts.standings()).toEqual(atOnce.standings());
          expect(inParts.rows('SELECT text_seq FROM terms ORDER BY id')).toEqual(
            atOnce.rows('SELECT text_seq FROM terms ORDER BY id'),
          );
          for (const index of [atOnce, oneByOne, inParts]) {
            expect(() =>
              index.database.exec("INSERT INTO block_words (block_words) VALUES ('integrity-check')"),
            ).not.toThrow();
            index.database.close();
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
