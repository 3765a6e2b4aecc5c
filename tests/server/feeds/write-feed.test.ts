import fc from 'fast-check';
import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import { expect, test } from 'vitest';
import { toAtom } from '../../../server/feeds/atom.ts';
import type { Feed, FeedEntry } from '../../../server/feeds/feed.ts';
import { feedText } from '../../../server/feeds/feed-text.ts';
import { toJsonFeed } from '../../../server/feeds/json-feed.ts';
import { atomFaults, childrenOf, entriesOf, textOf } from './check-atom.ts';

const entry = (name: string): FeedEntry => ({
  id: `tag:x,2026:${name}`,
  title: `First record of ${name}`,
  updated: new Date('2026-01-02T03:04:05Z'),
  link: { href: 'https://watch.example/version/1?a=1&b=2', type: 'application/json' },
  serviceId: name,
  termsType: 'Terms of Service',
  recordType: 'First record',
});
const feed = (...entries: FeedEntry[]): Feed => ({
  id: 'tag:x,2026:feed',
  title: 'Feed',
  subtitle: undefined,
  logo: undefined,
  self: 'https://watch.example/feed',
  alternates: [],
  entries,
});

test.each([
  ['A & B', 'A & B'],
  ['a < b > c', 'a < b > c'],
  ['<![CDATA[x]]>', '<![CDATA[x]]>'],
  [']]>', ']]>'],
  ['> <![CDATA[ ]]> <', '> <![CDATA[ ]]> <'],
  ['&lt;&#1;&amp;', '&lt;&#1;&amp;'],
  ['"\' =', '"\' ='],
  ['bell\u0007null\u0000esc\u001b', 'bell\uFFFDnull\uFFFDesc\uFFFD'],
  ['half \uD800 pair', 'half \uFFFD pair'],
  ['\uFFFE\uFFFF', '\uFFFD\uFFFD'],
  [' tab\tline\r\nbreak ', 'tab line break'],
  ['😀 Ünï 抖音 \u202E', '😀 Ünï 抖音 \u202E'],
])('%j stands in a feed as %j', (name, shown) => {
  const text = toAtom(feed(entry(name)));
  expect(atomFaults(text)).toEqual([]);
  const [written] = entriesOf(text);
  if (!written) throw new Error('The feed has no entry');
  expect(textOf(written, 'id')).toBe(`tag:x,2026:${shown}`.replace(/:(tab.*)/, ': $1'));
  expect(textOf(written, 'title')).toBe(`First record of ${shown}`);
  expect(childrenOf(written, 'category')[0]?.attributes.term).toBe(shown);
});

test('whatever a service is called, its feed can be read', () => {
  const name = fc.string({
    unit: fc.oneof(fc.constantFrom(...'<>&"\'[]!CDATA\u0000\u0008\uD800\uFFFF -?;#'), fc.string()),
  });
  fc.assert(
    fc.property(name, (any) => {
      const shown = feedText(any);
      fc.pre(shown !== '');
      const text = toAtom(feed(entry(any)));
      const [parsed] = parseAtomFeed(text).entries ?? [];
      return atomFaults(text).length === 0 && parsed?.title?.value === `First record of ${shown}`;
    }),
    { numRuns: 500 },
  );
});

test('what was judged can be read too, whatever stands in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'<>&"\'[]!CDATA\u0000\uD800 -?;#\n') }), (any) => {
      const undone = {
        id: `tag:x,2026:${any}`,
        link: { href: 'https://watch.example/1?a=1&b=2', type: 'text/html' },
      } as const;
      const judgement = {
        ...{
          summary: `Of ${any}`,
          class: 'text',
          state: 'return',
          alert: false,
          significance: 0.5,
          topics: ['money/fees'],
        },
        effectiveDate: undefined,
        undoes: [{ ...undone, title: any }],
      };
      const whole = feed({ ...entry('Brass'), judgement });
      fc.pre(feedText(any) !== '');
      const text = toAtom(whole);
      const [written] = entriesOf(text);
      const item = JSON.parse(toJsonFeed(whole)).items[0];
      return (
        atomFaults(text).length === 0 &&
        written !== undefined &&
        textOf(written, 'summary') === feedText(`Of ${any}`) &&
        childrenOf(written, 'link').some(({ attributes }) => attributes.rel === 'related') &&
        item.external_url === 'https://watch.example/1?a=1&b=2' &&
        item._clausewatch.undoes.length === 1
      );
    }),
    { numRuns: 300 },
  );
});

test('a JSON feed has what version 1.1 requires', () => {
  const text = toJsonFeed({
    ...feed(entry('A & B'), entry('<script>')),
    subtitle: 'Of all',
    logo: 'https://watch.example/l.png',
  });
  const written = JSON.parse(text);
  expect(written).toEqual({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Feed',
    feed_url: 'https://watch.example/feed',
    description: 'Of all',
    icon: 'https://watch.example/l.png',
    authors: [{ name: 'Clausewatch' }],
    items: ['A & B', '<script>'].map((name) => ({
      id: `tag:x,2026:${name}`,
      url: 'https://watch.example/version/1?a=1&b=2',
      title: `First record of ${name}`,
      content_text: `First record of ${name} (First record)`,
      date_published: '2026-01-02T03:04:05.000Z',
      date_modified: '2026-01-02T03:04:05.000Z',
      tags: [name, 'Terms of Service', 'First record'],
    })),
  });
  expect(parseJsonFeed(text).items).toHaveLength(2);
});

test('a feed without entries is one still, in both formats', () => {
  expect(atomFaults(toAtom(feed()))).toEqual([]);
  expect(JSON.parse(toJsonFeed(feed()))).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', items: [] });
});
