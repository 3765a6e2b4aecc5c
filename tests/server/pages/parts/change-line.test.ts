import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listChanges } from '../../../../server/api/list-changes.ts';
import type { ServerDeps } from '../../../../server/deps.ts';
import { type PageContext, pageContext } from '../../../../server/pages/page-context.ts';
import { changeLines, gistLine } from '../../../../server/pages/parts/change-line.ts';
import { classMark, GLYPHS, markOf } from '../../../../server/pages/parts/class-mark.ts';
import { pager } from '../../../../server/pages/parts/pager.ts';
import { openServed, type ServedOfTest } from '../../../helpers/served.ts';
import { NO_QUERIES } from '../../http/app-of-test.ts';

let served: ServedOfTest;
let page: PageContext;

beforeAll(async () => {
  served = await openServed();
  const silent = () => undefined;
  const deps: ServerDeps = {
    collections: served,
    clock: () => new Date('2026-03-01T12:00:00Z'),
    publicUrl: () => 'https://watch.example/base',
    queries: NO_QUERIES,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    engineVersion: 'clausewatch/0.0.0',
  };
  const app = new Hono().get('*', (c) => {
    page = pageContext(c, deps, 'en');
    return c.text('');
  });
  await app.request('/en/');
});
afterAll(() => served.close());

const linesOf = async (
  filter: Parameters<typeof listChanges>[1],
  options?: Parameters<typeof changeLines>[2],
): Promise<string[]> => {
  const { changes } = listChanges(served, filter, { limit: 20 });
  return String(await changeLines(page, changes, options))
    .split(/(?=<li class="change)/)
    .slice(1);
};
const textOf = (html = ''): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

describe('a change line', () => {
  test('has date, service, terms type, class, words and the first changed words, marked', async () => {
    const [line] = await linesOf({ services: ['Gullnet'] });
    expect(textOf(line)).toMatch(
      /^1 Mar 2025 great weight Gullnet · Privacy Policy ■ text .*\+\d+ −\d+ words .*Privacy of Gullnet We sell what you give us to partners\.$/,
    );
    expect(line).toContain('<ins>We sell what you give us to partners.</ins>');
    expect(line).toMatch(
      /<a class="change-link" href="\/base\/en\/lighthouse\/services\/Gullnet\/Privacy%20Policy\/redlines\/[0-9a-f]{40}\/[0-9a-f]{40}">/,
    );
    expect(line).toMatch(/data-fetched="2025-03-01T09:30:00.000Z"/);
  });

  test('of a first record leads to the version', async () => {
    const [line] = await linesOf({ services: ['Old Harbour'], firstRecords: 'only' });
    expect(line).toMatch(
      /href="\/base\/en\/harbour\/services\/Old%20Harbour\/Terms%20of%20Service\/versions\/[0-9a-f]{40}"/,
    );
    expect(textOf(line)).toContain('○ first record');
  });

  test('shows archived names and text as text', async () => {
    const [line] = await linesOf({ services: ['Ferry & Sons!'], firstRecords: 'only' });
    expect(line).toContain('Ferry &amp; Sons');
    const spans = [
      { kind: 'deleted', text: '<img src=x onerror=alert(1)>' },
      { kind: 'inserted', text: '"><script>alert(1)</script>' },
    ] as const;
    const gist = String(await gistLine({ heading: '<b>', spans }, 'en" onclick="alert(1)'));
    expect(gist).not.toMatch(/<(?:img|script|b)\b|" onclick/);
    expect(gist).toContain('<del>&lt;img src=x onerror=alert(1)&gt;</del>');
    const unknown = String(await gistLine({ heading: undefined, spans }, undefined));
    expect(unknown).toContain('<p class="gist" dir="auto" lang="">');
  });

  test('leaves out what the page is about, and names the collection where asked', async () => {
    const [short] = await linesOf({ services: ['Gullnet'] }, { within: 'terms' });
    expect(textOf(short)).toMatch(/^1 Mar 2025 great weight what changed ■/);
    expect(short).toContain(' aria-label="what changed, 1 March 2025">what changed</a>');
    const [long] = await linesOf({ services: ['Gullnet'] }, { isCollectionShown: true });
    expect(long).toMatch(/Privacy Policy<\/bdi><\/a> <span class="muted">in Lighthouse<\/span>/);
  });
});

describe('the mark of a change', () => {
  const change = { isFirstRecord: false, isTechnicalUpgrade: false };
  test.each([
    [{ ...change, analysis: { class: 'text', state: 'ok' } }, 'text'],
    [{ ...change, analysis: { class: 'text', state: 'return' } }, 'return'],
    [{ ...change, analysis: { class: 'text', state: 'reverted' } }, 'return'],
    [{ ...change, analysis: { class: 'text', state: 'suspect' } }, 'fault'],
    [{ ...change, analysis: { class: 'moved', state: 'persisting' } }, 'moved'],
    [{ ...change, isTechnicalUpgrade: true, analysis: { class: 'text', state: 'ok' } }, 'upgrade'],
    [{ ...change, isFirstRecord: true, analysis: null }, 'first'],
    [{ ...change, analysis: null }, 'pending'],
  ] as const)('%j: %s', (given, expected) => expect(markOf(given)).toBe(expected));

  test('has a glyph of its own and a word', async () => {
    expect(new Set(Object.values(GLYPHS)).size).toBe(Object.values(GLYPHS).length);
    expect(textOf(String(await classMark(page, { ...change, analysis: { class: 'date', state: 'ok' } })))).toBe(
      '◔ date',
    );
  });
});

test('a pager has the ways there are, and is nothing where there are none', async () => {
  expect(pager(page, {})).toBe('');
  const html = String(await pager(page, { next: '/x?a=1&b=2', first: '/x' }));
  expect(html).toContain('<a href="/x?a=1&amp;b=2" rel="next">');
  expect(textOf(html)).toBe('From the beginning Next ›');
});
