import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtractError } from '../../../crawler/extract/extract-error.ts';
import type { ExtractRequest } from '../../../crawler/extract/extract-request.ts';
import { createExtractor, type Extractor } from '../../../crawler/extract/extractor.ts';

const member = (content: string | Uint8Array, more: Partial<ExtractRequest> = {}): ExtractRequest => ({
  content,
  mimeType: 'text/html',
  location: 'https://service.example/terms',
  select: 'main',
  remove: undefined,
  filter: [],
  ...more,
});

describe('an extractor', () => {
  let extractor: Extractor;
  beforeAll(() => {
    extractor = createExtractor({ workers: 2, memoryMegabytes: 96, timeout: 5_000 });
  });
  afterAll(() => extractor.close());

  const failure = async (...members: ExtractRequest[]): Promise<ExtractError> => {
    const error = await extractor.extract({ members }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ExtractError);
    return error as ExtractError;
  };

  test('joins the members of combined terms, in their order', async () => {
    const members = [member('<main>one <a href=x>link</a></main>'), member('<h1>no</h1><main>two</main>')];
    expect(await extractor.extract({ members })).toBe('one [link](https://service.example/x)\n\n- - -\n\ntwo');
  });

  test('reads bytes as UTF-8', async () => {
    expect(await extractor.extract({ members: [member(new TextEncoder().encode('<main>é 利用</main>'))] })).toBe(
      'é 利用',
    );
  });

  test('sees a PDF by its content', async () => {
    const pdf = await PDFDocument.create();
    pdf.addPage().drawText('Terms in a PDF');
    expect(await extractor.extract({ members: [member(await pdf.save())] })).toContain('Terms in a PDF');
  });

  test('a document that is said to be a PDF and is not', async () => {
    expect((await failure(member('<main>x</main>', { mimeType: 'application/pdf' }))).reason).toBe('unreadable');
  });

  test.each([
    ['no-match', '<p>x</p>', 'select "main" matches nothing in https://service.example/terms'],
    ['empty', '<main> </main>', 'holds no text'],
  ] as const)('%s names selector, location and next step, across threads', async (reason, html, message) => {
    const error = await failure(member('<main>fine</main>'), member(html));
    expect(error.reason).toBe(reason);
    expect(error.message).toContain(message);
    expect(error.message).toContain('https://service.example/terms');
    expect(error.message).toContain('Look at the snapshot');
  });

  test('a selector that the light DOM does not know goes to jsdom', async () => {
    expect(await extractor.extract({ members: [member('<p lang=de>eins', { select: 'p:lang(de)' })] })).toBe('eins');
  });

  test('a selector that is none', async () => {
    const error = await failure(member('<main>x', { select: 'main[' }));
    expect(error.reason).toBe('no-match');
    expect(error.message).toContain('"main[", declared for https://service.example/terms, is not a CSS selector');
  });

  test('the built-in filter needs no process, and no collection', async () => {
    const filter = [{ removeQueryParams: ['session'] }];
    expect(await extractor.extract({ members: [member('<main><a href="/x?session=1&a=2">x', { filter })] })).toBe(
      '[x](https://service.example/x?a=2)',
    );
  });

  test("a service's own filters without a collection are named", async () => {
    const error = await failure(member('<main>x', { filter: ['tidy'] }));
    expect(error.message).toContain('The filters tidy for https://service.example/terms');
  });

  test("a service's own filters run, and not instead of the built-in one", async () => {
    const directory = mkdtempSync(join(tmpdir(), 'clausewatch-filters-'));
    try {
      mkdirSync(join(directory, 'declarations'));
      const filtersFile = join(directory, 'declarations', 'Service.filters.js');
      writeFileSync(
        filtersFile,
        `export function shout(document) { const p = document.querySelector('p'); p.textContent = p.textContent.toUpperCase(); }
         export function removeQueryParams(document) { document.body.innerHTML = 'never'; }`,
      );
      const request = member('<main><p>hi</p><a href="/x?a=1">x', {
        filter: ['shout', { removeQueryParams: 'a' }],
        filtersFile,
        collectionDirectory: directory,
      });
      expect(await extractor.extract({ members: [request] })).toBe('HI\n\n[x](https://service.example/x)');
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  test.each([
    ['memory', member(`<main>${'<b>a</b> x '.repeat(1_500_000)}`), 'MB of memory'],
    [
      'time',
      member(`${'<div>'.repeat(300)}<p>x`, { select: '.none div div div div div div div p' }),
      'took longer than 5 s',
    ],
    ['depth', member(`<main>${'<div>'.repeat(100_000)}x`), ''],
  ])(
    'a page that exhausts %s is unreadable, and others go on beside it and after it',
    async (_, request, message) => {
      const [error, beside] = await Promise.all([
        failure(request),
        extractor.extract({ members: [member('<main>beside</main>')] }),
      ]);
      expect(error.reason).toBe('unreadable');
      expect(error.message).toContain('https://service.example/terms');
      expect(error.message).toContain(message);
      expect(beside).toBe('beside');
      expect(await extractor.extract({ members: [member('<main>after</main>')] })).toBe('after');
    },
    60_000,
  );

  test('the calling thread is free meanwhile', async () => {
    const html = `<main>${'<p>A paragraph of <b>terms</b>.</p>'.repeat(20_000)}</main>`;
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    const started = performance.now();
    await extractor.extract({ members: [member(html)] });
    clearInterval(timer);
    expect(performance.now() - started).toBeGreaterThan(100);
    expect(ticks).toBeGreaterThan(8);
  });

  test('stops when it is told to, for the reason given', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const html = `<main><p>${'<b><i><a href=x>x'.repeat(20_000)}`;
    const running = extractor.extract({ members: [member(html)] }, controller.signal);
    setTimeout(() => controller.abort(reason), 50);
    await expect(running).rejects.toBe(reason);
    await expect(extractor.extract({ members: [member('<main>x')] }, controller.signal)).rejects.toBe(reason);
  });
});
