import { expect, test } from 'vitest';
import { atomFaults } from './check-atom.ts';

const ENTRY =
  '<entry><id>tag:x,2026:1</id><title>One</title><updated>2026-01-01T00:00:00Z</updated><link href="https://a.example/"/></entry>';
const feed = (
  inner: string,
  head = '<id>tag:x,2026:f</id><title>Feed</title><updated>2026-01-01T00:00:00Z</updated>',
) =>
  `<feed xmlns="http://www.w3.org/2005/Atom">${head}<author><name>A</name></author><link rel="self" href="https://a.example/f"/>${inner}</feed>`;

test('a feed as it should be has no fault', () => {
  expect(atomFaults(feed(ENTRY))).toEqual([]);
});

test.each([
  ['no id', feed(ENTRY.replace(/<id>.*<\/id>/, ''))],
  ['two titles', feed(ENTRY.replace('<title>One</title>', '<title>One</title><title>Two</title>'))],
  ['no date', feed(ENTRY.replace('2026-01-01T', '2026-01-01 '))],
  ['no link', feed(ENTRY.replace(/<link[^>]*>/, ''))],
  ['a blank in a link', feed(ENTRY.replace('https://a.example/', 'https://a.example/a b'))],
  ['an unknown element', feed(ENTRY.replace('<link', '<bogus/><link'))],
  ['an id with white space around it', feed(ENTRY.replace('<id>', '<id>\n'))],
  ['an entry twice', feed(ENTRY + ENTRY)],
  ['a category without term', feed(ENTRY.replace('<link', '<category scheme="x:y"/><link'))],
  ['text between elements', feed(`${ENTRY}stray`)],
  ['a feed without title', feed(ENTRY, '<id>tag:x,2026:f</id><updated>2026-01-01T00:00:00Z</updated>')],
  ['no author', feed(ENTRY).replace(/<author>.*?<\/author>/, '')],
  ['no link to itself', feed(ENTRY).replace('rel="self"', 'rel="related"')],
])('%s is a fault', (_, text) => {
  expect(atomFaults(text)).toHaveLength(1);
});

test.each([
  ['control character', '\u0001'],
  ['reference to one', '&#1;'],
  ['loose ampersand', 'A&B'],
])('a %s makes it no XML', (_, title) => {
  expect(() => atomFaults(feed(ENTRY.replace('One', title)))).toThrow();
});
