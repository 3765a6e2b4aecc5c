import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rebuild } from '../../../../archive/changes/redline/rebuild.ts';
import { redline } from '../../../../archive/changes/redline/redline.ts';
import type { Redline, RedlineBlock } from '../../../../archive/changes/redline/redline-types.ts';

const MARKS = { equal: '=', inserted: '+', deleted: '-', changed: '~', moved: '>' } as const;

const show = ({ kind, spans }: RedlineBlock): string => {
  const words = spans.map((span) =>
    span.kind === 'equal' || kind === span.kind
      ? span.text
      : span.kind === 'inserted'
        ? `{+${span.text}+}`
        : `[-${span.text}-]`,
  );
  return `${MARKS[kind]} ${words.join('')}`;
};

test.each([
  ['nothing changed', 'One.\n\nTwo.', 'One.\n\nTwo.', ['= One.', '= Two.']],
  ['a block inserted', 'One.\n\nTwo.', 'One.\n\nNew.\n\nTwo.', ['= One.', '+ New.', '= Two.']],
  ['a block deleted', 'One.\n\nTwo.', 'Two.', ['- One.', '= Two.']],
  [
    'words changed inside a block',
    'You may cancel within 30 days of the order.',
    'You may cancel within 14 days of the order.',
    ['~ You may cancel within [-30-]{+14+} days of the order.'],
  ],
  ['a block replaced by an unrelated one', 'Fees apply.', 'Courts decide.', ['- Fees apply.', '+ Courts decide.']],
  ['all of it deleted at the end', 'One.\n\nTwo.', 'One.', ['= One.', '- Two.']],
  ['from nothing', '', 'One.', ['+ One.']],
  ['to nothing', 'One.', '', ['- One.']],
  [
    'a block that stands elsewhere',
    'First of all.\n\nThen this comes.\n\nAnd then that.',
    'Then this comes.\n\nAnd then that.\n\nFirst of all.',
    ['= Then this comes.', '= And then that.', '> First of all.'],
  ],
  [
    'a block that stands elsewhere, reworded',
    'We share data with partners all over the world.\n\nWe keep it for ten years.\n\nYou can object.',
    'We keep it for ten years.\n\nYou can object.\n\nWe share data with partners all over Europe.',
    [
      '= We keep it for ten years.',
      '= You can object.',
      '> We share data with partners all over [-the world-]{+Europe+}.',
    ],
  ],
  ['a separator in a number', 'Fee: 1.5 %', 'Fee: 15 %', ['~ Fee: [-1.5-]{+15+} %']],
  [
    'rows of a table, one currency changed',
    '| Basic | $5 |\n| Pro | $7 |',
    '| Basic | $5 |\n| Pro | €7 |',
    ['= | Basic | $5 |', '~ | Pro | [-$-]{+€+}7 |'],
  ],
  [
    'only a link target changed: the same block, no words',
    '[Contact us](https://a.example/1) any time',
    '[Contact us](https://a.example/2) any time',
    ['~ [Contact us[-](https://a.example/1)-]{+](https://a.example/2)+} any time'],
  ],
  ['a heading renumbered', '### 4. Fees\n\nText', '### 5. Fees\n\nText', ['~ ### [-4-]{+5+}. Fees', '= Text']],
  [
    'words shared by accident are part of the change',
    'All claims of the parties go to courts in Paris, as the law of France says.',
    'All claims of the users are to be settled by arbitration, as the law of France says.',
    [
      '~ All claims of the [-parties go to courts in Paris-]{+users are to be settled by arbitration+}, as the law of France says.',
    ],
  ],
  [
    'an image with another address, another one gone',
    '![](https://a.example/1.png)\n\nText\n\n![](https://a.example/2.png)\n\n![](https://a.example/3.png)',
    '![](https://b.example/1.png)\n\nText\n\n![](https://a.example/3.png)',
    [
      '~ ![[-](https://a.example/1.png)-]{+](https://b.example/1.png)+}',
      '= Text',
      '- ![](https://a.example/2.png)',
      '= ![](https://a.example/3.png)',
    ],
  ],
  [
    'an underline that grew with its heading',
    'Fees in Europe\n====',
    'Fees in all of Europe\n======',
    ['~ Fees in {+all of +}Europe\n[-====-]{+======+}'],
  ],
  [
    'scripts without spaces',
    '本契約は三十日前に終了。',
    '本契約は十四日前に終了。',
    ['~ 本契約は[-三十-]{+十四+}日前に終了。'],
  ],
])('%s', (_, before, after, expected) => {
  expect(redline(before, after).blocks.map(show)).toEqual(expected);
});

test('says where a block stands, under which headings, and which words came and went', () => {
  const { blocks, wordsInserted, wordsDeleted } = redline(
    '# Fees\n\nYou pay a fee of 5 € each month.\n\nGone now.\n',
    '# Fees\n\n## New part\n\nYou pay a fee of 50 € each month.\n',
  );
  expect(blocks.map(({ kind, block, headings, from, to }) => [kind, block, headings.join(' > '), from, to])).toEqual([
    ['equal', 'heading', '', 0, 0],
    ['inserted', 'heading', 'Fees', null, 1],
    ['changed', 'paragraph', 'Fees > New part', 1, 2],
    ['deleted', 'paragraph', 'Fees', 2, null],
  ]);
  expect({ wordsInserted, wordsDeleted }).toEqual({ wordsInserted: 3, wordsDeleted: 3 });
});

test('white space between blocks that changed is kept for rebuilding and changes no block', () => {
  const result = redline('One.\n\nTwo.\n', '\nOne.\r\n\r\nTwo.');
  expect(result.blocks.map(show)).toEqual(['+ ', '= One.', '= Two.']);
  expect(rebuild(result, 'before')).toBe('One.\n\nTwo.\n');
  expect(rebuild(result, 'after')).toBe('\nOne.\r\n\r\nTwo.');
});

/** What a redline says, without the order of what came and went between two blocks that stayed. */
const claims = ({ blocks }: Redline, exchanged: boolean): string[] =>
  blocks
    .map(({ kind, from, to, spans }) => {
      const swap = { inserted: 'deleted', deleted: 'inserted', equal: 'equal', changed: 'changed', moved: 'moved' };
      const texts = spans.map((span) => `${exchanged ? swap[span.kind] : span.kind}: ${span.text}`);
      // Of two spans at the same place the deleted one comes first, whichever it is.
      for (const [place, text] of texts.entries()) {
        const next = texts[place + 1];
        if (text.startsWith('inserted') && next?.startsWith('deleted')) texts.splice(place, 2, next, text);
      }
      return JSON.stringify([exchanged ? swap[kind] : kind, exchanged ? to : from, exchanged ? from : to, texts]);
    })
    .sort();

const words = fc.constantFrom(
  'we',
  'may',
  'share',
  'data',
  'with',
  'partners',
  '30',
  '14',
  'days',
  '$5',
  '—',
  '[a](b)',
);
const sentence = fc.array(words, { minLength: 1, maxLength: 12 }).map((list) => list.join(' '));
const block = fc.tuple(fc.constantFrom('', '', '# ', '*   ', '| ', '> '), sentence).map(([mark, text]) => mark + text);
const version = fc
  .array(fc.tuple(block, fc.constantFrom('\n', '\n\n', '\n\n\n', '  \n')), { maxLength: 14 })
  .map((blocks) => blocks.flat().join(''));
const relatedVersions = fc
  .tuple(version, fc.array(fc.tuple(fc.nat(), fc.nat(), block), { maxLength: 5 }))
  .map(([before, edits]) => {
    const lines = before.split('\n');
    for (const [at, count, text] of edits) lines.splice(at % (lines.length + 1), count % 3, text);
    return [before, lines.join('\n')] as const;
  });

describe.each([
  ['unrelated versions', fc.tuple(version, version)],
  ['related versions', relatedVersions],
  ['any texts', fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }))],
])('%s', (_, versions: fc.Arbitrary<readonly [string, string]>) => {
  test('a redline rebuilds both', () => {
    fc.assert(
      fc.property(versions, ([before, after]) => {
        const result = redline(before, after);
        expect(rebuild(result, 'before')).toBe(before);
        expect(rebuild(result, 'after')).toBe(after);
      }),
      { numRuns: 500 },
    );
  });

  test('a redline mirrors that of the versions exchanged', () => {
    fc.assert(
      fc.property(versions, ([before, after]) => {
        const there = redline(before, after);
        const back = redline(after, before);
        expect(claims(back, true)).toEqual(claims(there, false));
        expect([back.wordsDeleted, back.wordsInserted]).toEqual([there.wordsInserted, there.wordsDeleted]);
      }),
      { numRuns: 500 },
    );
  });

  test('kinds of blocks say what their spans hold', () => {
    fc.assert(
      fc.property(versions, ([before, after]) => {
        for (const { kind, spans, from, to } of redline(before, after).blocks) {
          const held = [...new Set(spans.map((span) => span.kind))].sort();
          if (kind === 'inserted' || kind === 'deleted' || kind === 'equal') expect(held).toEqual([kind]);
          if (kind === 'changed') expect(held.filter((span) => span !== 'equal')).not.toEqual([]);
          expect([from === null, to === null]).toEqual([kind === 'inserted', kind === 'deleted']);
        }
      }),
      { numRuns: 300 },
    );
  });
});

const lines = (count: number, line: (place: number) => string): string =>
  Array.from({ length: count }, (_, place) => line(place)).join('\n\n');

describe('texts made to be slow end, and are rebuilt', () => {
  test.each([
    ['100,000 equal lines, half of them gone', 'Same line.\n'.repeat(100_000), 'Same line.\n'.repeat(50_000)],
    ['100,000 equal lines for 100,000 others', 'Same line.\n'.repeat(100_000), 'Other word.\n'.repeat(100_000)],
    ['a line of a megabyte, one word changed', `${'a word '.repeat(150_000)}x`, `${'a word '.repeat(150_000)}y`],
    [
      'a line of a megabyte, every third word changed',
      Array.from({ length: 150_000 }, (_, n) => (n % 3 ? 'same' : `old${n}`)).join(' '),
      Array.from({ length: 150_000 }, (_, n) => (n % 3 ? 'same' : `new${n}`)).join(' '),
    ],
    ['6,000 blocks without a common one', lines(6000, (n) => `old ${n}`), lines(6000, (n) => `new x${n}`)],
    [
      'two kinds of lines, mixed otherwise',
      lines(20_000, (n) => (n % 3 ? 'a' : 'b')),
      lines(20_000, (n) => (n % 5 ? 'b' : 'a')),
    ],
    [
      'a list 3,000 deep',
      lines(3000, (n) => `${'  '.repeat(n)}* x${n}`),
      lines(3000, (n) => `${'  '.repeat(n)}* x${n + 1}`),
    ],
    ['links that nothing closes', '[a]('.repeat(50_000), '![a]('.repeat(50_000)],
  ])('%s', (_, before, after) => {
    const result = redline(before, after);
    expect(rebuild(result, 'before') === before).toBe(true);
    expect(rebuild(result, 'after') === after).toBe(true);
  });
});
