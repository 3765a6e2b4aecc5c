import { DatabaseSync } from 'node:sqlite';
import { parseAtomFeed } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ANALYSIS_RULES } from '../../../archive/changes/analysis/analyse-change.ts';
import { updateIndex } from '../../../archive/index/update-index.ts';
import { BRASS, JUDGED_COLLECTION } from '../../helpers/judged-collection.ts';
import { noteNotReproduced, noteUnchanged } from '../../helpers/noted-checks.ts';
import type { ServedOfTest } from '../../helpers/served.ts';
import { type Apis, apisOfTest, PUBLIC_URL } from '../api/open-terms-archive/apis-of-test.ts';
import { atomFaults, childrenOf, entriesOf, textOf } from './check-atom.ts';

const TERMS = { serviceId: 'Brass', termsType: 'Terms of Service' };
const collections = [JUDGED_COLLECTION];
let apis: Apis;
beforeAll(async () => {
  apis = await apisOfTest({ collections });
});
afterAll(() => apis.close());

interface Item {
  readonly id: string;
  readonly url: string;
  readonly external_url?: string;
  readonly title: string;
  readonly summary?: string;
  readonly date_published: string;
  readonly date_modified: string;
  readonly tags: string[];
  readonly _clausewatch?: { readonly undoes: { id: string; url: string }[]; readonly [name: string]: unknown };
}

async function itemsOf(query: string, of = apis): Promise<Item[]> {
  const response = await of.app.request(`/feeds/json${query}`);
  expect(response.status).toBe(200);
  return ((await response.json()) as { items: Item[] }).items;
}

async function atomOf(query: string, of = apis): Promise<string> {
  const text = await (await of.app.request(`/feeds/atom${query}`)).text();
  expect(atomFaults(text)).toEqual([]);
  return text;
}

/** Id of the entry of a version by its place. */
const tag = (place: number, of = apis): string =>
  `tag:opentermsarchive.org,2026:version:forge:git:${of.versions('forge')[place]?.id}`;
/** The page of the redline against the version before. */
const address = (place: number): string => {
  const id = (of: number): string => apis.versions('forge')[of]?.id ?? '';
  return `${PUBLIC_URL}/en/forge/services/Brass/Terms%20of%20Service/redlines/${id(place - 1)}/${id(place)}`;
};

const record = (place: number): string => `${PUBLIC_URL}/forge/api/v1/version/${apis.versions('forge')[place]?.id}`;

/** The sentence, then how much of it, and from when. */
const ARBITRATION =
  /^In “Disputes”: \[inserted: You and Brass agree .*\] 34 words added, 0 removed\. Effective 1 April 2024\.$/;

describe('a feed of alerts', () => {
  test('leads to the same list for people, and its entries to pages and to records', async () => {
    const page = `${PUBLIC_URL}/en/?topic=money%2Ffees`;
    const json = (await (await apis.app.request('/feeds/json?topic=money/fees')).json()) as { home_page_url: string };
    expect(json.home_page_url).toBe(page);
    const links = parseAtomFeed(await atomOf('?topic=money/fees')).links ?? [];
    expect(links.filter(({ type }) => type === 'text/html')).toMatchObject([{ rel: 'alternate', href: page }]);
    expect((await itemsOf('?topic=money/fees')).map(({ url, _clausewatch }) => [url, _clausewatch?.version])).toEqual([
      [address(8), record(8)],
    ]);
  });

  test('has what people should be told, and what withdraws it', async () => {
    const expected = [10, 8, 4, 3].map((place) => tag(place));
    expect((await itemsOf('')).map(({ id }) => id)).toEqual(expected);
    expect((parseAtomFeed(await atomOf('')).entries ?? []).map(({ id }) => id)).toEqual(expected);
  });

  test('says in the title what a change is about, and in the summary what came and went', async () => {
    const [, fees, , arbitration] = await itemsOf('');
    expect(arbitration).toMatchObject({
      title: 'Terms of Service of Brass & Co changed: arbitration, class actions',
      summary: expect.stringMatching(ARBITRATION),
      date_published: '2024-02-01T08:00:00.000Z',
      date_modified: '2024-02-01T08:00:00.000Z',
      tags: ['Brass', 'Terms of Service', 'Change', 'text', 'disputes/arbitration', 'disputes/class-action'],
      _clausewatch: {
        class: 'text',
        state: 'ok',
        alert: true,
        topics: ['disputes/arbitration', 'disputes/class-action'],
        effectiveDate: '2024-04-01',
        undoes: [],
      },
    });
    expect(arbitration?.external_url).toBeUndefined();
    expect(fees?.title).toBe('Terms of Service of Brass & Co changed: prices and fees');
  });

  test('does the same in Atom, class and topics being categories', async () => {
    const entry = entriesOf(await atomOf(''))[3];
    if (!entry) throw new Error('The feed lacks entries');
    expect(textOf(entry, 'title')).toBe('Terms of Service of Brass & Co changed: arbitration, class actions');
    expect(textOf(entry, 'summary')).toMatch(ARBITRATION);
    expect(textOf(entry, 'updated')).toBe('2024-02-01T08:00:00.000Z');
    expect(childrenOf(entry, 'category').map(({ attributes: { scheme, term } }) => [scheme, term])).toEqual([
      ['tag:opentermsarchive.org,2026:scheme:service', 'Brass'],
      ['tag:opentermsarchive.org,2026:scheme:terms-type', 'Terms of Service'],
      ['tag:opentermsarchive.org,2026:scheme:record-type', 'Change'],
      ['urn:clausewatch:scheme:class', 'text'],
      ['urn:clausewatch:scheme:state', 'ok'],
      ['urn:clausewatch:scheme:topic', 'disputes/arbitration'],
      ['urn:clausewatch:scheme:topic', 'disputes/class-action'],
    ]);
  });

  test('leads from a withdrawal to what it withdraws, and says so', async () => {
    const [, , undone] = await itemsOf('');
    expect(undone).toMatchObject({
      id: tag(4),
      title: 'Terms of Service of Brass & Co: the change of 1 February 2024 was undone',
      external_url: address(3),
      url: address(4),
      _clausewatch: { alert: false, state: 'return', undoes: [{ id: tag(3), url: address(3) }] },
    });
    expect(undone?.summary).toContain('The change of 1 February 2024 was undone: the text is as it was before.');
    const entry = entriesOf(await atomOf(''))[2];
    if (!entry) throw new Error('The feed lacks entries');
    expect(childrenOf(entry, 'link').map(({ attributes: { rel, href } }) => [rel, href])).toEqual([
      ['alternate', address(4)],
      ['related', record(4)],
      ['related', address(3)],
    ]);
  });

  test('says where topics are not available', async () => {
    const [kobber] = await itemsOf('?service=Kobber');
    expect(kobber).toMatchObject({ title: 'Terms of Service of Kobber changed', _clausewatch: { topics: null } });
    expect(kobber?.summary).toMatch(/Topics are not available/);
  });

  test('is narrowed by topic; a topic that is none is refused with those that there are', async () => {
    expect((await itemsOf('?topic=money/fees')).map(({ id }) => id)).toEqual([tag(8)]);
    const response = await apis.app.request('/feeds/atom?topic=fees');
    expect(response.status).toBe(400);
    expect(((await response.json()) as { error: string }).error).toMatch(/has to be one of .*money\/fees/);
  });
});

describe('a feed of everything', () => {
  test('has all changes, each with what it is', async () => {
    const items = await itemsOf('?show=everything');
    expect(items.map(({ id }) => id)).toEqual([10, 8, 6, 5, 4, 3, 2, 1].map((place) => tag(place)));
    expect(items.map(({ title }) => title.replace('Terms of Service of ', ''))).toEqual([
      'Kobber changed',
      'Brass & Co changed: prices and fees',
      'Brass & Co: as it was before',
      'Brass & Co: looks like a faulty capture',
      'Brass & Co: the change of 1 February 2024 was undone',
      'Brass & Co changed: arbitration, class actions',
      'Brass & Co: only link targets',
      'Brass & Co: only formatting',
    ]);
  });

  test("Open Terms Archive's feed of the collection tells nothing of it", async () => {
    const text = await (await apis.app.request('/forge/api/v1/feed')).text();
    expect(entriesOf(text).map((entry) => textOf(entry, 'id'))).toEqual(
      [10, 9, 8, 6, 5, 4, 3, 2, 1, 0].map((place) => tag(place)),
    );
    for (const word of ['clausewatch:scheme', '<summary', 'related', 'undone']) expect(text).not.toContain(word);
    for (const entry of entriesOf(text))
      expect(textOf(entry, 'title')).toMatch(/^(First record|Record new changes) of /);
  });
});

/** What a reader of feeds knows an entry by. */
const known = ({ id, date_published, date_modified }: Item) => [id, date_published, date_modified];

describe('new rules', () => {
  async function ownApis(): Promise<Apis> {
    const own = await apisOfTest({ collections });
    onTestFinished(() => own.close());
    return own;
  }

  test('that judge as the former did leave a feed as it was, to the byte', async () => {
    const own = await ownApis();
    const former = await atomOf('', own);
    await updateIndex({ ...own.served.places('forge'), analysis: { rules: ANALYSIS_RULES + 1 } });
    expect(await atomOf('', own)).toBe(former);
  });

  test('that alert otherwise neither date an entry anew nor make an old change new', async () => {
    const own = await ownApis();
    const former = await itemsOf('', own);
    const everything = (await itemsOf('?show=everything', own)).map(known);
    // As if other rules had judged: one change of links is told now, one of the text is not.
    judge(own.served, { seq: 3, isTold: true });
    judge(own.served, { seq: 9, isTold: false });
    const items = await itemsOf('', own);
    expect(items.map(({ id }) => id)).toEqual([10, 4, 3, 2].map((place) => tag(place, own)));
    const before = new Map(former.map((item) => [item.id, known(item)]));
    for (const item of items) expect(known(item)).toEqual(before.get(item.id) ?? known(item));
    // The newly told one stands in its old place, under its old date.
    expect(items[3]?.date_published).toBe('2024-01-21T08:00:00.000Z');
    expect((await itemsOf('?show=everything', own)).map(known)).toEqual(everything);
  });

  function judge(served: ServedOfTest, { seq, isTold }: { readonly seq: number; readonly isTold: boolean }): void {
    const database = new DatabaseSync(served.places('forge').indexFile);
    const told = Number(isTold);
    database.prepare('UPDATE analysis SET is_alert = ?, is_told = ? WHERE seq = ?').run(told, told, seq);
    database.close();
  }
});

describe('what only later checks tell', () => {
  test('a suspect text that stood for six checks has an entry of its own, as of the sixth; its end is told', async () => {
    const records = JUDGED_COLLECTION.records?.slice(0, 6) ?? [];
    const own = await apisOfTest({ collections: [{ ...JUDGED_COLLECTION, records }] });
    onTestFinished(() => own.close());
    const recorded = new Date('2024-02-21T08:00:00Z');
    own.served.enter('forge', (ledger) => noteUnchanged(ledger, TERMS, recorded, 5));
    const before = await itemsOf('', own);
    own.served.enter('forge', (ledger) => noteUnchanged(ledger, TERMS, new Date('2024-02-26T08:00:00Z'), 1));
    const [raised, ...others] = await itemsOf('', own);
    expect(others).toEqual(before);
    expect(raised).toMatchObject({
      id: `${tag(5, own)}:persisting`,
      date_published: '2024-02-27T08:00:00.000Z',
      title: 'Terms of Service of Brass & Co: what looked like a faulty capture stayed',
      tags: expect.arrayContaining(['text']),
    });
    expect(raised?.summary).toContain('six checks have found it since');
    // Where everything is shown, the record keeps its own entry, and nothing is told twice.
    expect((await itemsOf('?show=everything', own)).filter(({ id }) => id.startsWith(tag(5, own)))).toMatchObject([
      { id: tag(5, own), date_published: '2024-02-21T08:00:00.000Z' },
    ]);
    // A later change stands above it, and what stands below keeps its place.
    await own.served.record('forge', [
      { ...TERMS, date: '2024-03-01T08:00:00Z', content: BRASS.relinked, snapshots: [] },
    ]);
    const [ended, ...rest] = await itemsOf('', own);
    expect(rest.map(({ id }) => id)).toEqual([raised?.id, ...others.map(({ id }) => id)]);
    expect(ended).toMatchObject({
      id: tag(6, own),
      title: 'Terms of Service of Brass & Co: the change of 21 February 2024 was undone',
      _clausewatch: { undoes: [{ id: raised?.id }] },
    });
    await atomOf('', own);
  });

  test('it stands where its date belongs, however much was recorded since', async () => {
    const suspect = [...(JUDGED_COLLECTION.records?.slice(0, 1) ?? [])].flatMap((first) => [
      first,
      { ...first, date: '2024-02-21T08:00:00Z', content: BRASS.faulty },
    ]);
    // More alerts than a feed has entries, on the two days after.
    const others = Array.from({ length: 101 }, (_, place) => `Copper ${place}`).flatMap((serviceId) =>
      [BRASS.plain, BRASS.arbitration].map((content, version) => {
        const date = `2024-02-${22 + version}T08:00:00Z`;
        return { serviceId, termsType: TERMS.termsType, date, content, snapshots: [] };
      }),
    );
    const own = await apisOfTest({ collections: [{ ...JUDGED_COLLECTION, records: [...suspect, ...others] }] });
    onTestFinished(() => own.close());
    const items = await itemsOf('', own);
    expect(items).toHaveLength(100);
    own.served.enter('forge', (ledger) => noteUnchanged(ledger, TERMS, new Date('2024-02-21T08:00:00Z'), 6));
    const id = `${tag(1, own)}:persisting`;
    await expect.poll(async () => (await itemsOf('', own))[0], { timeout: 5_000 }).toMatchObject({ id });
    expect((await itemsOf('', own)).slice(1)).toEqual(items.slice(0, 99));
    expect(await itemsOf('?service=Copper+3', own)).toHaveLength(1);
  });

  test('a change that a second fetch did not give again is not told, nor that it went', async () => {
    const records = JUDGED_COLLECTION.records?.slice(0, 5) ?? [];
    const own = await apisOfTest({ collections: [{ ...JUDGED_COLLECTION, records }] });
    onTestFinished(() => own.close());
    expect((await itemsOf('', own)).map(({ id }) => id)).toEqual([tag(4, own), tag(3, own)]);
    const [, , , alert, undone] = own.versions('forge');
    own.served.enter('forge', (ledger) => {
      noteNotReproduced(ledger, TERMS, alert?.id ?? '', new Date('2024-02-01T08:00:00Z'));
      const runId = ledger.startRun({
        ...{ kind: 'track', startedAt: new Date('2024-02-11T08:00:00Z'), engineVersion: 'test', services: 1, terms: 1 },
      });
      ledger.recordTermsOutcome({
        ...{ runId, ...TERMS, status: 'changed', versionId: undone?.id, failures: [] },
        date: new Date('2024-02-11T08:00:00Z'),
      });
    });
    // A ledger that comes to be is noticed within a second.
    await expect.poll(() => itemsOf('', own), { timeout: 5_000 }).toEqual([]);
    expect(await itemsOf('?show=everything', own)).toHaveLength(4);
  });
});

test('titles follow the name under which a service is declared', async () => {
  const own = await apisOfTest({ collections });
  onTestFinished(() => own.close());
  expect((await itemsOf('?topic=money/fees', own))[0]?.title).toContain('of Brass & Co ');
  await own.served.declare('forge', 'Brass', {
    name: 'Brass Works',
    terms: { 'Terms of Service': { fetch: 'https://brass.example/terms', select: 'main' } },
  });
  expect((await itemsOf('?topic=money/fees', own))[0]?.title).toContain('of Brass Works ');
});

test('a feed says while changes are not judged yet', async () => {
  const own = await apisOfTest({ collections, withText: false });
  onTestFinished(() => own.close());
  const notice = 'Of “forge”, 11 versions are not judged yet: alerts may be missing.';
  expect(parseAtomFeed(await atomOf('', own)).subtitle).toMatchObject({ value: notice });
  const response = await own.app.request('/feeds/json');
  expect(response.headers.get('cache-control')).toBe('no-cache');
  expect(await response.json()).toMatchObject({ items: [], description: notice });
  await updateIndex({ ...own.served.places('forge') });
  expect(parseAtomFeed(await atomOf('', own)).subtitle).toBeUndefined();
  expect(await itemsOf('', own)).toHaveLength(4);
});
