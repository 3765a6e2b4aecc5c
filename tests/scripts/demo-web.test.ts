import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { loadDomains } from '../../archive/declarations/domains.ts';
import { loadDeclarations } from '../../archive/declarations/load-collection.ts';
import { loadMetadata } from '../../archive/declarations/metadata.ts';
import { readDemoDocuments } from '../../scripts/demo/catalogue.ts';
import { applyChange, scriptedChanges } from '../../scripts/demo/changes.ts';
import { writeDemoCollection } from '../../scripts/demo/collection.ts';
import { renderPdf } from '../../scripts/demo/pdf.ts';
import { type DemoWeb, startDemoWeb } from '../../scripts/demo/web.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

let web: DemoWeb;
beforeEach(async () => {
  web = await startDemoWeb();
  return () => web.close();
});

const address = (serviceId: string, path: string): string =>
  `${web.services.find(({ id }) => id === serviceId)?.origin}${path}`;
const read = async (serviceId: string, path: string): Promise<string> => (await fetch(address(serviceId, path))).text();

describe('the fictional web', () => {
  test('serves a dozen documents of four services, each service an origin of its own', async () => {
    const documents = await readDemoDocuments();
    expect(new Set(web.addresses).size).toBe(4);
    expect(documents).toHaveLength(12);
    for (const { serviceId, path, rendering } of documents) {
      const response = await fetch(address(serviceId, encodeURI(path)));
      expect(response.status, path).toBe(200);
      expect(response.headers.get('content-type')).toMatch(rendering === 'pdf' ? /^application\/pdf$/ : /^text\/html/);
    }
    expect((await fetch(address('Larkmail', '/absent'))).status).toBe(404);
  });

  test('answers 304 where a document has an ETag, until it changes', async () => {
    const etag = (await fetch(address('Larkmail', '/legal/privacy'))).headers.get('etag') ?? '';
    const status = async (): Promise<number> =>
      (await fetch(address('Larkmail', '/legal/privacy'), { headers: { 'if-none-match': etag } })).status;
    expect(await status()).toBe(304);
    web.publish(scriptedChanges.findIndex(({ document }) => document === 'Larkmail/privacy'));
    expect(await status()).toBe(200);
  });

  test('puts the text of scripted pages in by script only', async () => {
    expect(await read('Kistentausch', '/datenschutz')).not.toContain('Aufsichtsbehörde');
    expect(await read('Kistentausch', '/datenschutz.json')).toContain('Aufsichtsbehörde');
  });

  test('each service has a first page that names its documents and asks to agree to them', async () => {
    for (const { id, language } of web.services) {
      const html = await read(id, '/');
      expect(html).toContain(`<html lang="${language}">`);
      const links = [...html.matchAll(/<li><a href="([^"]+)">([^<]+)<\/a><\/li>/g)];
      const own = (await readDemoDocuments()).filter(({ serviceId }) => serviceId === id);
      expect(links.map(([, path]) => path)).toEqual(own.map(({ path }) => path));
      expect(html).toMatch(/type="password"[\s\S]*type="checkbox"/);
    }
  });

  test('shows another advertisement and counts a visitor on each request', async () => {
    expect(await read('Larkmail', '/legal/terms')).not.toBe(await read('Larkmail', '/legal/terms'));
    expect(await read('Kistentausch', '/agb.html')).toContain('Besucher Nr. 4711.');
    expect(await read('Kistentausch', '/agb.html')).toContain('Besucher Nr. 4712.');
  });

  test('publishes its changes one after the other and ends as it began', async () => {
    expect(web.publish(0)).toContain(
      `arbitration to its terms: customers outside the EU give up going to court. ${address('Larkmail', '/legal/terms')}`,
    );
    expect(await read('Larkmail', '/legal/terms')).toContain('binding individual arbitration');
    for (let step = 1; step < web.steps; step++) web.publish(step);
    expect(await read('Larkmail', '/legal/terms')).not.toContain('arbitration');
    expect(() => web.publish(web.steps)).toThrow('no change');
    expect(() => web.publish(web.steps - 1)).toThrow('holds');
  });

  test('says when a port is taken, and leaves none open', async () => {
    const port = Number(new URL(web.services[0]?.origin ?? '').port);
    await expect(startDemoWeb({ port })).rejects.toThrow('EADDRINUSE');
  });
});

describe('the scripted changes', () => {
  test('each changes its document, and all together give the first texts back', async () => {
    const first = await readDemoDocuments();
    const now = new Map(first.map((document) => [document.key, document]));
    for (const change of scriptedChanges) {
      const before = now.get(change.document);
      if (!before) throw new Error(`no document ${change.document}`);
      const after = applyChange(before, change);
      expect(after).not.toEqual(before);
      now.set(change.document, after);
    }
    expect([...now.values()]).toEqual(first);
    expect(scriptedChanges.length).toBeGreaterThanOrEqual(24);
  });

  test('a change that no longer fits names the document and the file to correct', async () => {
    const [document] = await readDemoDocuments();
    if (!document) throw new Error('no document');
    const change = { document: document.key, part: 'text', find: 'not there', replace: '', description: '' } as const;
    expect(() => applyChange(document, change)).toThrow(/Larkmail\/terms.*0 times.*changes\.ts/);
  });

  test('the same text gives the same PDF, another text another one', async () => {
    const bytes = (text: string): Promise<Uint8Array> => renderPdf('Title', text);
    expect(await bytes('# Été\n\n- un\n- deux')).toEqual(await bytes('# Été\n\n- un\n- deux'));
    expect(await bytes('# Été')).not.toEqual(await bytes('# Hiver'));
  });
});

describe('its collection', () => {
  const write = async (): Promise<string> => {
    const directory = await temporaryDirectory();
    await writeDemoCollection(directory, web);
    return directory;
  };

  test('is valid, and declares every document that is served', async () => {
    const directory = await write();
    const { services, faults } = await loadDeclarations(directory);
    expect(faults).toEqual([]);
    const locations = services.flatMap(({ terms }) =>
      terms.flatMap(({ sourceDocuments }) => sourceDocuments.map(({ location }) => location)),
    );
    const served = (await readDemoDocuments()).map(({ serviceId, path }) => address(serviceId, path));
    expect(locations.toSorted()).toEqual(served.toSorted());
    expect((await loadMetadata(directory)).faults).toEqual([]);
  });

  test('has a combined and a PDF declaration, a history and a filter of its own', async () => {
    const { services } = await loadDeclarations(await write());
    const service = (id: string) => services.find((one) => one.id === id);
    expect(service('Nimbo Viajes')?.terms.some(({ sourceDocuments }) => sourceDocuments.length === 3)).toBe(true);
    expect(service('Telebrume')?.terms.some(({ sourceDocuments: [only] }) => only?.select === undefined)).toBe(true);
    expect(service('Larkmail')?.history.get('Terms of Service')).toHaveLength(1);
    expect(service('Kistentausch')?.filtersFile).toMatch(/Kistentausch\.filters\.js$/);
  });

  test('says where each service is used: in the story, and under a name that any browser finds on this machine', async () => {
    const directory = await write();
    const { services } = await loadDeclarations(directory);
    const { domains, faults } = await loadDomains(
      directory,
      services.map(({ id }) => id),
    );
    expect(faults).toEqual([]);
    expect(domains?.get('larkmail.example')).toEqual(['Larkmail']);
    expect(domains?.get('nimboviajes.localhost')).toEqual(['Nimbo Viajes']);
    expect(domains?.size).toBe(2 * services.length);
  });

  test('a declaration that is spoilt is found, so that the check above can fail', async () => {
    const directory = await write();
    const file = join(directory, 'declarations', 'Telebrume.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"select"', '"selct"'));
    expect((await loadDeclarations(directory)).faults.length).toBeGreaterThan(0);
  });
});
