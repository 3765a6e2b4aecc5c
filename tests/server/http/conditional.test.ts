import { describe, expect, test } from 'vitest';
import { isKnown, namesTag } from '../../../server/http/conditional.ts';

const lastModified = new Date('2024-06-01T08:00:00.700Z');
const SAME = 'Sat, 01 Jun 2024 08:00:00 GMT';
const EARLIER = 'Sat, 01 Jun 2024 07:59:59 GMT';

describe('whether a reader has an answer already', () => {
  test.each<[string, Record<string, string>, boolean]>([
    ['nothing is asked', {}, false],
    ['the tag', { 'if-none-match': '"a"' }, true],
    ['the tag, made weak in between', { 'if-none-match': 'W/"a"' }, true],
    ['one of several', { 'if-none-match': '"x", W/"a" ,"y"' }, true],
    ['any', { 'if-none-match': ' * ' }, true],
    ['another', { 'if-none-match': '"b"' }, false],
    ['a tag without quotes', { 'if-none-match': 'a' }, false],
    ['inside of another, which has a comma', { 'if-none-match': '"x,y", "\'a\'"' }, false],
    ['the date', { 'if-modified-since': SAME }, true],
    ['a later date', { 'if-modified-since': 'Sun, 02 Jun 2024 08:00:00 GMT' }, true],
    ['an earlier date', { 'if-modified-since': EARLIER }, false],
    ['no date', { 'if-modified-since': 'yesterday' }, false],
    ['the date, but another tag', { 'if-modified-since': SAME, 'if-none-match': '"b"' }, false],
    ['the tag, but an earlier date', { 'if-modified-since': EARLIER, 'if-none-match': '"a"' }, true],
  ])('%s', (_name, headers, known) => {
    expect(isKnown(new Headers(headers), { etag: '"a"', lastModified })).toBe(known);
    expect(isKnown(new Headers(headers), { etag: 'W/"a"', lastModified })).toBe(known);
  });

  test('a date does not count where it tells nothing', () => {
    expect(isKnown(new Headers({ 'if-modified-since': SAME }), { etag: '"a"' })).toBe(false);
  });
});

test('weak tags are never the same, strongly', () => {
  expect(namesTag('"x", "a"', '"a"', 'strong')).toBe(true);
  expect(namesTag('W/"a"', '"a"', 'strong')).toBe(false);
  expect(namesTag('"a"', 'W/"a"', 'strong')).toBe(false);
  expect(namesTag('W/"a"', 'W/"a"', 'strong')).toBe(false);
  expect(namesTag('*', '"a"', 'strong')).toBe(true);
});
