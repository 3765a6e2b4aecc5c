import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createFilterProcesses,
  type FilterProcesses,
} from '../../../crawler/extract/filter-process/extract-with-filters.ts';
import { type FilterCollection, makeFilterCollection } from '../../helpers/filter-collection.ts';

let collection: FilterCollection;
let processes: FilterProcesses;

beforeAll(() => {
  collection = makeFilterCollection();
  processes = createFilterProcesses();
  collection.write(
    'declarations/Parcels.filters.js',
    `import { suffix } from './_common.filters.js';
    const append = (document, text) => { const p = document.createElement('p'); p.textContent = text; document.querySelector('main').append(p); };
    export function show(document, context) { append(document, JSON.stringify(context)); }
    export function showAll(document, parameters, context) { append(document, JSON.stringify({ parameters, context })); }
    export function first(document) { append(document, 'first'); }
    export async function second(document) { await new Promise((resolve) => setTimeout(resolve, 20)); append(document, 'second'); }
    export function third(document) { append(document, 'third' + suffix); }
    export function dated(document) { append(document, 'today'); }
    export const count = (document) => { globalThis.counted = (globalThis.counted ?? 0) + 1; append(document, String(globalThis.counted)); };
    export function removeQueryParams(document) { append(document, 'their own'); }
    export function window_(document) { append(document, document.defaultView.location.href + ' ' + document.scripts.length + ' ' + typeof document.defaultView.ran); }`,
  );
  collection.write('declarations/_common.filters.js', `export const suffix = '!';`);
  collection.write(
    'declarations/Parcels.filters.history.js',
    `const append = (document, text) => { document.querySelector('p').textContent = text; };
    export const dated = [
      { validUntil: '2024-06-30T00:00:00Z', filter: (document) => append(document, 'newer') },
      { validUntil: '2022-01-01T00:00:00Z', filter: (document) => append(document, 'older') },
    ];`,
  );
});
afterAll(() => {
  processes.close();
  collection.remove();
});

const body = '# Terms\n\nAll of the text.'.replace('# Terms', 'Terms\n=====');

describe('filter functions are called as in Open Terms Archive', () => {
  test('a name: document and context', async () => {
    const request = collection.request('Parcels', {
      filter: ['show', { showAll: null }],
      select: ['main'],
      remove: '.x',
    });
    const markdown = (await processes.extract(request)).replaceAll('\\', '');
    const context = {
      fetch: 'https://parcels.example/terms',
      select: ['main'],
      remove: '.x',
      filter: ['show', 'showAll'],
    };
    expect(markdown).toBe(`${body}\n\n${JSON.stringify(context)}\n\n${JSON.stringify({ parameters: null, context })}`);
  });

  test('parameters come between document and context; absent selectors are empty lists', async () => {
    const request = collection.request('Parcels', { filter: [{ showAll: { a: [1, 'b'] } }], remove: undefined });
    const markdown = (await processes.extract(request)).replaceAll('\\', '');
    expect(markdown).toContain('{"parameters":{"a":[1,"b"]},"context":{"fetch":"https://parcels.example/terms"');
    expect(markdown).toContain('"remove":[]');
  });

  test('several run in order, each awaited; they import files beside them', async () => {
    const request = collection.request('Parcels', { filter: ['first', 'second', 'third'] });
    expect(await processes.extract(request)).toBe(`${body}\n\nfirst\n\nsecond\n\nthird!`);
  });

  test.each([
    ['2020-05-05T00:00:00Z', 'older'],
    ['2022-01-01T00:00:00Z', 'older'],
    ['2022-01-01T00:00:01Z', 'newer'],
    ['2025-01-01T00:00:00Z', 'All of the text.\n\ntoday'],
    [undefined, 'All of the text.\n\ntoday'],
  ])('at %s the history gives: %s', async (date, expected) => {
    const request = collection.request('Parcels', {
      filter: ['dated'],
      filtersHistoryFile: `${collection.directory}/declarations/Parcels.filters.history.js`,
      date: date === undefined ? undefined : new Date(date),
    });
    expect(await processes.extract(request)).toBe(`Terms\n=====\n\n${expected}`);
  });

  test('the built-in removeQueryParams wins over an own one of that name', async () => {
    const request = collection.request('Parcels', {
      content: '<main><p><a href="/x?sid=1&amp;a=2">link</a></p></main>',
      filter: [{ removeQueryParams: ['sid'] }],
    });
    expect(await processes.extract(request)).toBe('[link](https://parcels.example/x?a=2)');
    const { filtersFile: _, ...withoutFile } = request;
    expect(await processes.extract(withoutFile)).toBe('[link](https://parcels.example/x?a=2)');
  });

  test('the document has its location, and its scripts are not run', async () => {
    const content = '<main><p>x</p></main><script>window.ran = true</script>';
    const request = collection.request('Parcels', { content, filter: ['window_'] });
    expect(await processes.extract(request)).toBe('x\n\nhttps://parcels.example/terms 1 undefined');
  });

  test('documents of one service share a process, one after the other; a changed file gets a new one', async () => {
    const own = createFilterProcesses();
    const write = (word: string): string =>
      collection.write(
        'declarations/Counter.filters.js',
        `export const count = (document) => { globalThis.counted = (globalThis.counted ?? 0) + 1;
          document.querySelector('p').textContent = '${word}' + globalThis.counted; };`,
      );
    write('n');
    const request = collection.request('Counter', { filter: ['count'] });
    const texts = await Promise.all([own.extract(request), own.extract(request), own.extract(request)]);
    // Which of them comes first is not promised.
    expect(texts.map((text) => text.slice(-2)).sort()).toEqual(['n1', 'n2', 'n3']);
    write('changed');
    expect((await own.extract(request)).slice(-8)).toBe('changed1');
    own.close();
  });

  test('more services than processes', async () => {
    const own = createFilterProcesses({ maximumProcesses: 1 });
    const services = ['S1', 'S2', 'S3'];
    for (const service of services) {
      collection.write(
        `declarations/${service}.filters.js`,
        `export const name = (document) => { document.querySelector('p').textContent = '${service}'; };`,
      );
    }
    const texts = await Promise.all(
      [...services, ...services].map((service) => own.extract(collection.request(service, { filter: ['name'] }))),
    );
    expect(texts.map((text) => text.slice(-2))).toEqual([...services, ...services]);
    own.close();
  });

  test('a file without package.json and one of CommonJS load', async () => {
    collection.write(
      'declarations/Old.filters.js',
      `exports.old = (document) => { document.querySelector('p').textContent = 'old'; };`,
    );
    expect(await processes.extract(collection.request('Old', { filter: ['old'] }))).toContain('old');
  });
});

describe('faults of declarations are named', () => {
  test.each([
    ['missing', 'Parcels', /"missing" is not exported by Parcels\.filters\.js\. Export it/],
    [
      'package',
      'NeedsPackage',
      /the package "no-such-package" is not installed in the collection: run "npm install no-such-package" in/,
    ],
    [
      'outside',
      'NeedsOutside',
      /NeedsOutside\.filters\.js cannot be loaded: .*cannot be read; filter functions can import files below/,
    ],
    ['syntax', 'Broken', /Broken\.filters\.js cannot be loaded: SyntaxError/],
    ['anything', 'Absent', /Absent\.filters\.js cannot be loaded/],
  ])('%s', async (filter, service, expected) => {
    collection.write('declarations/NeedsPackage.filters.js', `import 'no-such-package'; export const package_ = 1;`);
    collection.write('declarations/NeedsOutside.filters.js', `import '../../../nothing.js';`);
    collection.write('declarations/Broken.filters.js', 'export function syntax( {');
    await expect(processes.extract(collection.request(service, { filter: [filter] }))).rejects.toMatchObject({
      name: 'ExtractError',
      reason: 'unreadable',
      message: expect.stringMatching(expected),
    });
  });

  test('no match is told as such', async () => {
    const request = collection.request('Parcels', { filter: ['first'], select: '.absent' });
    await expect(processes.extract(request)).rejects.toMatchObject({ name: 'ExtractError', reason: 'no-match' });
  });

  test('packages come from the node_modules of the collection', async () => {
    collection.write('node_modules/parcel-words/package.json', '{"name":"parcel-words","main":"index.js"}');
    collection.write('node_modules/parcel-words/index.js', `module.exports = { word: 'from the package' };`);
    collection.write(
      'declarations/Package.filters.js',
      `import words from 'parcel-words'; export const use = (document) => { document.querySelector('p').textContent = words.word; };`,
    );
    expect(await processes.extract(collection.request('Package', { filter: ['use'] }))).toContain('from the package');
  });
});

describe('guarded fetch', () => {
  const fetching = (importLine: string): string => `${importLine}
    export async function get(document, url) {
      const response = await fetch(url, { headers: { 'x-a': 'b' } });
      document.querySelector('p').textContent = [response.status, response.ok, response.url, response.headers.get('x-answer'), await response.text()].join(' ');
    }
    export async function post(document, url) {
      const response = await fetch(url, { method: 'POST', body: new URLSearchParams({ a: 'ü' }) });
      document.querySelector('p').textContent = (await response.json()).got;
    }
    export const put = (document, url) => fetch(url, { method: 'PUT' });
    export const file = (document) => fetch('file:///etc/hostname');
    export async function many(document, url) { for (let i = 0; i < 30; i++) await fetch(url); }`;

  test('asks the parent, which alone reaches the network', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.headers['x-a'] ?? ''}`);
      let got = '';
      request.on('data', (chunk) => {
        got += chunk;
      });
      request.on('end', () => {
        response.setHeader('x-answer', 'yes');
        response.end(request.method === 'POST' ? JSON.stringify({ got }) : 'größer');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a`;
    const own = createFilterProcesses({
      guardedFetch: async (address, { method, headers, body, signal }) => {
        const response = await fetch(address, {
          method,
          headers,
          body: body === undefined ? null : Buffer.from(body),
          signal,
        });
        const answer = new Uint8Array(await response.arrayBuffer());
        return { status: response.status, headers: Object.fromEntries(response.headers), body: answer };
      },
    });
    const run = (service: string, filter: string): Promise<string> =>
      own.extract(collection.request(service, { filter: [{ [filter]: url }] }));
    try {
      for (const [service, importLine] of [
        ['Global', ''],
        ['Library', `import fetch from 'node-fetch';`],
        ['Named', `import { fetch } from 'undici';`],
      ] as const) {
        collection.write(`declarations/${service}.filters.js`, fetching(importLine));
        expect((await run(service, 'get')).split('\n').at(-1)).toBe(`200 true ${url} yes größer`);
        expect((await run(service, 'post')).split('\n').at(-1)).toBe('a=%C3%BC');
      }
      expect(asked).toEqual(Array(3).fill(['GET b', 'POST ']).flat());
      await expect(run('Global', 'put')).rejects.toThrow(/the method PUT is not allowed/);
      await expect(run('Global', 'file')).rejects.toThrow(/only http and https/);
      await expect(run('Global', 'many')).rejects.toThrow(/more than 20 fetches for one document/);
      expect(asked).toHaveLength(26);
    } finally {
      own.close();
      server.close();
    }
  });

  test('is refused where the program was started without it', async () => {
    collection.write('declarations/Global.filters.js', fetching(''));
    const request = collection.request('Global', { filter: [{ get: 'https://parcels.example/' }] });
    await expect(processes.extract(request)).rejects.toThrow(/started without network for filter functions/);
  });
});
