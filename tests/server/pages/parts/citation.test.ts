import { Hono } from 'hono';
import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import type { ServerDeps } from '../../../../server/deps.ts';
import { pageContext } from '../../../../server/pages/page-context.ts';
import { type CitationFacts, citation } from '../../../../server/pages/parts/citation.ts';

const harbour = { name: 'Harbour', services: () => [], licence: async () => 'NOASSERTION' };
const version = (id: string, fetchDate: string, collection = harbour) => ({
  collection,
  serviceId: 'Larkmail',
  termsType: 'Privacy Policy',
  id,
  fetchDate,
});
const FACTS: CitationFacts = {
  versions: [version('a'.repeat(40), '2024-01-10T08:00:00Z'), version('b'.repeat(40), '2024-06-01T08:00:00Z')],
  locations: ['https://larkmail.example/privacy'],
  address: '/base/en/x#b2',
};

/** A citation as a page of this language has it, and its words as they are read. */
async function cited(facts: CitationFacts, language: 'en' | 'fr' = 'en'): Promise<{ page: Document; text: string }> {
  const deps = { publicUrl: () => 'https://watch.example/base', clock: () => new Date('2026-03-01T12:00:00Z') };
  const app = new Hono().get('/', async (c) => {
    const context = pageContext(c, deps as Partial<ServerDeps> as ServerDeps, language);
    return c.html(String(await citation(context, facts)));
  });
  const page = new JSDOM(await (await app.request('/')).text()).window.document;
  return { page, text: page.querySelector('.citation-text')?.textContent.trim() ?? '' };
}

describe('a citation', () => {
  test('names both versions with dates and ids, source, collection, licence, address and day', async () => {
    const { text, page } = await cited({ ...FACTS, quote: 'We sell nothing.' });
    expect(text).toBe(
      [
        'We sell nothing.',
        `Larkmail, Privacy Policy, version recorded on 10 January 2024 at 08:00 UTC (record ${'a'.repeat(40)}).`,
        `Larkmail, Privacy Policy, version recorded on 1 June 2024 at 08:00 UTC (record ${'b'.repeat(40)}).`,
        'Source: https://larkmail.example/privacy.',
        'Collection: Harbour.',
        'The text is the service’s own; for the record, the licence of the collection applies.',
        'https://watch.example/base/en/x#b2 (read on 1 March 2026)',
      ].join(' '),
    );
    expect(page.querySelector('q')?.textContent).toBe('We sell nothing.');
  });

  test('prints collection and licence also where nobody opened it', async () => {
    const { page } = await cited({ ...FACTS, versions: [version('a'.repeat(40), '2024-01-10T08:00:00Z')] });
    expect(page.querySelector('details:not([open]) + .for-print')?.textContent).toBe(
      'Collection: Harbour. The text is the service’s own; for the record, the licence of the collection applies.',
    );
  });

  const licensed = (name: string, licence: string) => ({ ...harbour, name, licence: async () => licence });
  const general = 'The text is the service’s own; for the record, the licence of the collection applies.';
  test.each([
    ['one', [licensed('Harbour', 'ODbL-1.0')], 'the record is available under ODbL-1.0.'],
    ['the same one twice', [licensed('Harbour', 'CC0-1.0'), licensed('Harbour', 'CC0-1.0')], 'under CC0-1.0.'],
    [
      'those of two collections',
      [licensed('Harbour', 'ODbL-1.0'), licensed('Quay', 'CC0-1.0')],
      'under ODbL-1.0 (Harbour) and CC0-1.0 (Quay).',
    ],
    ['not one of two', [licensed('Harbour', 'ODbL-1.0'), licensed('Quay', 'NOASSERTION')], general],
    ['none that others would not know', [licensed('Harbour', 'LicenseRef-LICENSE')], general],
    ['what was set, as text', [licensed('Harbour', '<b>Own</b>')], 'under <b>Own</b>.'],
  ])('names licences: %s', async (_, collections, said) => {
    const versions = collections.map((one, place) => version(String(place).repeat(40), '2024-01-10T08:00:00Z', one));
    expect((await cited({ ...FACTS, versions })).text).toContain(said);
  });

  test('waits for words to quote where none are given', async () => {
    const { page, text } = await cited(FACTS);
    expect(page.querySelector('q')?.hidden).toBe(true);
    expect(page.querySelector('.citation-tools')?.hasAttribute('hidden')).toBe(true);
    expect(text).toMatch(/^Larkmail/);
  });

  test('is in the reader’s language and escapes what it quotes', async () => {
    const { page } = await cited({ ...FACTS, quote: '<img src=x onerror=y>' }, 'fr');
    expect(page.querySelector('summary')?.textContent).toBe('Citer');
    expect(page.querySelector('img')).toBeNull();
    expect(page.querySelector('q')?.textContent).toBe('<img src=x onerror=y>');
  });
});
