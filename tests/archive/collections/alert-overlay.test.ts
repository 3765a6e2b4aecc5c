import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type AlertOverlay, createAlertOverlay } from '../../../archive/collections/alert-overlay.ts';
import type { IndexReader } from '../../../archive/index/index-reader.ts';
import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';
import { openIndexReader } from '../../../archive/index/open-reader.ts';
import { updateIndex } from '../../../archive/index/update-index.ts';
import { type Ledger, openLedger } from '../../../archive/ledger/ledger.ts';
import type { SecondFetchResult } from '../../../archive/ledger/second-fetch.ts';
import { archiveOfRecords } from '../../helpers/archive-of-records.ts';
import { servedOfTest } from '../../helpers/served.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const TERMS = { serviceId: 'Brass', termsType: 'Terms of Service' };
const MINUTE = 60_000;
/** The first record's fetch date; each further record is a minute later. */
const FIRST = Date.UTC(2026, 0, 1);

/** Several hundred words, so that half of them is a faulty capture. */
const paragraph = (number: number): string =>
  `Clause ${number}. ${'The club and its members agree that parcels are kept, sent and returned with care. '.repeat(4)}`;
const WHOLE = ['# Terms', ...[1, 2, 3, 4, 5, 6].map(paragraph)].join('\n\n');
const CUT = ['# Terms', paragraph(1)].join('\n\n');
const OTHER = WHOLE.replace('Clause 2. The club', 'Clause 2. Within 14 days the club');

type Found = 'unchanged' | 'failed' | { readonly versionId: string };

class Setting {
  readonly index: IndexReader;
  readonly ledger: Ledger;
  readonly ids: readonly string[];
  readonly overlay: AlertOverlay;
  now = FIRST;
  hasLedger = true;
  #time = FIRST + 1_000;

  constructor(index: IndexReader, ledger: Ledger, ids: readonly string[]) {
    this.index = index;
    this.ledger = ledger;
    this.ids = ids;
    this.overlay = createAlertOverlay({
      index: () => index,
      ledger: () => (this.hasLedger ? ledger : undefined),
      now: () => this.now,
    });
  }

  version(place: number): IndexedVersion {
    const found = this.index.versionById(this.ids[place] ?? '');
    if (!found) throw new Error(`No version ${place}`);
    return found;
  }

  /** A run a second later each; of several entries, the tries of one run. @returns its id, and the time of its end */
  run(found: Found | readonly Found[], { kind = 'track', ends = true } = {}): { runId: number; date: Date } {
    this.#time += 1_000;
    const date = new Date(this.#time);
    const runId = this.ledger.startRun({ kind, startedAt: date, engineVersion: 'test', services: 1, terms: 1 });
    for (const one of [found].flat()) {
      const status = typeof one === 'string' ? one : 'changed';
      const versionId = typeof one === 'string' ? undefined : one.versionId;
      this.ledger.recordTermsOutcome({ ...TERMS, runId, status, versionId, failures: [], date });
    }
    if (ends) this.ledger.endRun({ runId, endedAt: date, status: 'completed', counts: {} });
    return { runId, date };
  }

  runs(count: number, found: Found = 'unchanged'): Date[] {
    return Array.from({ length: count }, () => this.run(found).date);
  }

  /** The run that recorded a version, and its second fetch where there was one. @returns when that was */
  recorded(place: number, second?: SecondFetchResult): Date {
    this.#time = Math.max(this.#time, FIRST + place * MINUTE + 1_000);
    const versionId = this.ids[place] ?? '';
    const { runId, date } = this.run({ versionId });
    const entry = { ...TERMS, runId, versionId, date };
    if (second) this.ledger.recordSecondFetch({ ...entry, outcome: 'awaited' });
    if (second) this.ledger.recordSecondFetch({ ...entry, ...second });
    return date;
  }

  kinds(): (string | undefined)[] {
    return this.ids.map((_, place) => this.overlay.note(this.version(place))?.kind);
  }

  seqs(...places: number[]): number[] {
    return places.map((place) => this.version(place).seq);
  }
}

async function setUp(...texts: readonly string[]): Promise<Setting> {
  const archive = await archiveOfRecords();
  const ids = await archive.record(TERMS.serviceId, TERMS.termsType, ...texts);
  await archive.close();
  await updateIndex(archive);
  const index = openIndexReader(archive.indexFile);
  const ledger = openLedger(join(await temporaryDirectory(), 'ledger.sqlite'));
  onTestFinished(() => {
    index.close();
    ledger.close();
  });
  return new Setting(index, ledger, ids);
}

const NOT_REPRODUCED: SecondFetchResult = { outcome: 'not-reproduced', found: 'former' };
const CONFIRMED: SecondFetchResult = { outcome: 'confirmed', found: 'new' };
const FAILED: SecondFetchResult = { outcome: 'failed', reason: 'timeout', message: 'no answer' };

describe('a suspect version', () => {
  test('is told at the sixth successful check that finds it unchanged', async () => {
    const at = await setUp(WHOLE, CUT);
    expect(at.version(1).analysis).toMatchObject({ state: 'suspect', alert: false });
    at.recorded(0);
    at.recorded(1);
    at.runs(5);
    expect(at.overlay.raised()).toEqual([]);
    expect(at.overlay.note(at.version(1))).toBeUndefined();
    const [sixth] = at.runs(1);
    expect(at.overlay.raised()).toEqual(at.seqs(1));
    expect(at.overlay.note(at.version(1))).toEqual({ kind: 'persisting', date: sixth });
    at.runs(3);
    expect(at.overlay.note(at.version(1))).toEqual({ kind: 'persisting', date: sixth });
    expect(at.overlay.lowered()).toEqual([]);
  });

  test('is counted by runs that were successful: failures, upgrades and second tries are none', async () => {
    const at = await setUp(WHOLE, CUT);
    at.recorded(0);
    at.run([{ versionId: at.ids[1] ?? '' }, 'unchanged']);
    for (let turn = 0; turn < 5; turn++) {
      at.run('failed');
      at.run('unchanged', { kind: 'upgrade' });
      at.run(['failed', 'unchanged', 'unchanged']);
    }
    expect(at.overlay.raised()).toEqual([]);
    const { date } = at.run('unchanged');
    expect(at.overlay.note(at.version(1))).toEqual({ kind: 'persisting', date });
  });

  test('is not told once other words came, and stays told if they come later', async () => {
    const gone = await setUp(WHOLE, CUT, WHOLE);
    gone.recorded(0);
    gone.recorded(1);
    gone.runs(5);
    gone.recorded(2);
    gone.runs(9);
    expect(gone.overlay.raised()).toEqual([]);
    const told = await setUp(WHOLE, CUT, WHOLE);
    told.recorded(0);
    told.recorded(1);
    told.runs(6);
    told.recorded(2);
    expect(told.overlay.raised()).toEqual(told.seqs(1));
  });

  test('goes on being counted through records that changed no words', async () => {
    const at = await setUp(WHOLE, CUT, CUT.replace('The club', 'The **club**'));
    at.recorded(0);
    at.recorded(1);
    at.runs(3);
    at.recorded(2);
    at.runs(1);
    expect(at.overlay.raised()).toEqual([]);
    at.runs(1);
    expect(at.overlay.raised()).toEqual(at.seqs(1));
  });

  test('of an adopted archive is counted from the ledger’s beginning, if it still stood then', async () => {
    const adopted = await setUp(WHOLE, CUT);
    for (let minute = 0; minute < 80; minute++) adopted.run('failed');
    adopted.runs(6);
    expect(adopted.overlay.raised()).toEqual(adopted.seqs(1));
    const replaced = await setUp(WHOLE, CUT, OTHER);
    for (let minute = 0; minute < 130; minute++) replaced.run('failed');
    replaced.runs(9);
    expect(replaced.overlay.raised()).toEqual([]);
  });
});

describe('a change that was fetched a second time', () => {
  test('is confirmed, and told', async () => {
    const at = await setUp(WHOLE, OTHER);
    at.recorded(0);
    const date = at.recorded(1, CONFIRMED);
    expect(at.overlay.note(at.version(1))).toEqual({ kind: 'confirmed', date });
    expect(at.overlay.lowered()).toEqual([]);
  });

  test('is told where that failed', async () => {
    const at = await setUp(WHOLE, OTHER);
    at.recorded(0);
    at.recorded(1, FAILED);
    expect(at.overlay.note(at.version(1))).toBeUndefined();
    expect(at.overlay.lowered()).toEqual([]);
  });

  test('is not told where that did not give it again, until it stood for six checks', async () => {
    const at = await setUp(WHOLE, OTHER);
    expect(at.version(1).analysis).toMatchObject({ state: 'ok', alert: true });
    at.recorded(0);
    const date = at.recorded(1, NOT_REPRODUCED);
    expect(at.overlay.note(at.version(1))).toEqual({ kind: 'not-reproduced', date });
    expect(at.overlay.lowered()).toEqual(at.seqs(1));
    at.runs(5);
    expect(at.overlay.lowered()).toEqual(at.seqs(1));
    const [sixth] = at.runs(1);
    expect(at.overlay.note(at.version(1))).toEqual({ kind: 'persisting', date: sixth });
    expect(at.overlay.lowered()).toEqual([]);
    // Its analysis says that it is told: it is only no longer lowered.
    expect(at.overlay.raised()).toEqual([]);
  });

  test('that nobody was told of is not withdrawn either', async () => {
    const at = await setUp(WHOLE, OTHER, WHOLE);
    expect(at.version(2).analysis).toMatchObject({ alert: false, undoes: [at.ids[1]] });
    at.recorded(0);
    at.recorded(1, NOT_REPRODUCED);
    at.recorded(2, CONFIRMED);
    at.runs(8);
    expect(at.overlay.lowered()).toEqual(at.seqs(1, 2));
    expect(at.kinds()).toEqual([undefined, 'not-reproduced', 'confirmed']);
  });

  test('is withdrawn where it had been told', async () => {
    const at = await setUp(WHOLE, OTHER, WHOLE);
    at.recorded(0);
    at.recorded(1, NOT_REPRODUCED);
    at.runs(6);
    at.recorded(2, CONFIRMED);
    expect(at.overlay.lowered()).toEqual([]);
    expect(at.kinds()[1]).toBe('persisting');
  });
});

describe('a second fetch that is still to come', () => {
  async function awaited(): Promise<{ at: Setting; runId: number; due: Date }> {
    const at = await setUp(WHOLE, OTHER);
    at.recorded(0);
    const versionId = at.ids[1] ?? '';
    const { runId } = at.run({ versionId }, { ends: false });
    const due = new Date(FIRST + 5 * MINUTE);
    at.now = due.getTime() - 30_000;
    at.ledger.recordSecondFetch({ ...TERMS, runId, versionId, date: due, outcome: 'awaited' });
    return { at, runId, due };
  }

  test('is waited for', async () => {
    const { at, runId, due } = await awaited();
    expect(at.overlay.note(at.version(1))).toEqual({ kind: 'awaited', date: due });
    expect(at.overlay.lowered()).toEqual(at.seqs(1));
    at.ledger.recordSecondFetch({ ...TERMS, runId, versionId: at.ids[1] ?? '', date: due, ...CONFIRMED });
    expect(at.overlay.note(at.version(1))?.kind).toBe('confirmed');
    expect(at.overlay.lowered()).toEqual([]);
  });

  test('is not waited for after the end of its run', async () => {
    const { at, runId, due } = await awaited();
    at.ledger.endRun({ runId, endedAt: due, status: 'interrupted', counts: {} });
    expect(at.overlay.note(at.version(1))).toBeUndefined();
    expect(at.overlay.lowered()).toEqual([]);
  });

  test('is not waited for forever, where the run was killed and no other came', async () => {
    const { at, due } = await awaited();
    at.now = due.getTime() + 16 * MINUTE;
    expect(at.overlay.note(at.version(1))).toBeUndefined();
    expect(at.overlay.lowered()).toEqual([]);
  });
});

test('one of several variants is settled when it stood for six checks', async () => {
  const at = await setUp(WHOLE, OTHER, WHOLE);
  at.recorded(0);
  at.recorded(1);
  at.recorded(2);
  at.runs(5);
  expect(at.overlay.note(at.version(2))).toBeUndefined();
  const [sixth] = at.runs(1);
  expect(at.overlay.note(at.version(2))).toEqual({ kind: 'settled', date: sixth });
  expect([at.overlay.raised(), at.overlay.lowered()]).toEqual([[], []]);
});

test('without a ledger nothing is known; once it is there, what it knows', async () => {
  const at = await setUp(WHOLE, CUT, OTHER);
  at.recorded(0);
  at.recorded(1);
  at.runs(6);
  at.recorded(2, NOT_REPRODUCED);
  expect(at.overlay.lowered()).toEqual(at.seqs(2));
  at.hasLedger = false;
  expect([at.overlay.raised(), at.overlay.lowered(), at.overlay.note(at.version(2))]).toEqual([[], [], undefined]);
  at.hasLedger = true;
  expect([at.overlay.raised(), at.overlay.lowered()]).toEqual([at.seqs(1), at.seqs(2)]);
});

test('a damaged ledger adds nothing', async () => {
  const at = await setUp(WHOLE, OTHER);
  const file = join(await temporaryDirectory(), 'ledger.sqlite');
  const ledger = openLedger(file);
  const run = { kind: 'track', startedAt: new Date(FIRST), engineVersion: 'test', services: 1, terms: 1 };
  const entry = { ...TERMS, runId: ledger.startRun(run), versionId: at.ids[1] ?? '', date: new Date(FIRST) };
  for (let number = 0; number < 2_000; number++) ledger.recordSecondFetch({ ...entry, ...NOT_REPRODUCED });
  ledger.close();
  const bytes = await readFile(file);
  // Everything behind the schema's pages, so that the file still opens.
  bytes.fill(0x5a, bytes.length / 2);
  await writeFile(file, bytes);
  const damaged = openLedger(file, { readOnly: true });
  expect(() => damaged.lastSecondFetchId()).toThrow(expect.objectContaining({ reason: 'corrupt' }));
  const overlay = createAlertOverlay({ index: () => at.index, ledger: () => damaged });
  expect([overlay.raised(), overlay.lowered(), overlay.note(at.version(1))]).toEqual([[], [], undefined]);
  damaged.close();
});

test('collections that are tracked have notes, mirrors none', async () => {
  const records = [WHOLE, OTHER].map((content, hour) => ({ ...TERMS, date: `2026-01-01T0${hour}:00:00Z`, content }));
  const served = await servedOfTest({
    collections: (['tracked', 'mirrored'] as const).map((kind) => ({ id: kind, kind, records })),
  });
  const noted = ['tracked', 'mirrored'].map((id) => {
    const collection = served.get(id);
    const [latest] = collection?.index().versions({}, { limit: 1 }) ?? [];
    served.enter(id, (ledger) => {
      const date = new Date('2026-01-01T01:00:30Z');
      const run = { kind: 'track', startedAt: date, engineVersion: 'test', services: 1, terms: 1 };
      const runId = ledger.startRun(run);
      ledger.recordSecondFetch({ ...TERMS, runId, versionId: latest?.id ?? '', date, ...NOT_REPRODUCED });
    });
    const overlay = collection?.alertOverlay();
    return [latest && overlay?.note(latest)?.kind, overlay?.lowered()];
  });
  expect(noted).toEqual([
    ['not-reproduced', [2]],
    [undefined, []],
  ]);
});

test('the lists are the same arrays until something changes', async () => {
  const at = await setUp(WHOLE, OTHER);
  at.recorded(0);
  at.recorded(1, NOT_REPRODUCED);
  const lowered = at.overlay.lowered();
  at.runs(2);
  expect(at.overlay.lowered()).toBe(lowered);
  at.runs(4);
  expect(at.overlay.lowered()).toEqual([]);
});
