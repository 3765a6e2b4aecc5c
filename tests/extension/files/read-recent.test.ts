import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DownloadError } from '../../../extension/files/download-error.ts';
import { readAlert, readRecent } from '../../../extension/files/read-recent.ts';
import type { RecentAlert, RedlineBlock } from '../../../server/api/contract.ts';

const BLOCK: RedlineBlock = {
  kind: 'changed',
  spans: [
    { kind: 'equal', text: 'We may ' },
    { kind: 'inserted', text: 'sell' },
    { kind: 'deleted', text: 'keep' },
  ],
  block: 'paragraph',
  headings: ['Your data'],
  from: 3,
  to: null,
  gap: '\n\n',
};
const ALERT: RecentAlert = {
  key: 'larkmail',
  termsType: 'Terms of Service',
  id: 'a'.repeat(40),
  previousId: 'b'.repeat(64),
  date: '2026-03-01T08:00:00.000Z',
  toldAt: '2026-03-03T08:00:00.000Z',
  class: 'text',
  topics: ['data/sharing'],
  significance: 0.8,
  wordsAdded: 12,
  wordsRemoved: 3,
  language: 'en',
  undoneOn: '2026-03-10',
  undoes: ['c'.repeat(40)],
  blocks: [BLOCK],
  blocksLeftOut: 2,
};
const HOSTILE = '<script>alert(1)</script>\u202e\u0000\ud800';
const read = (value: unknown) => readRecent(new TextEncoder().encode(JSON.stringify(value)));
const { toldAt: _toldAt, undoneOn: _undoneOn, undoes: _undoes, ...PLAIN } = ALERT;

describe('recent changes', () => {
  test('are read whole', () => expect(read({ format: 1, alerts: [ALERT, PLAIN] })).toEqual([ALERT, PLAIN]));
  test('of nobody', () => expect(read({ format: 1, alerts: [] })).toEqual([]));

  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['a page of HTML', new TextEncoder().encode('<!doctype html>')],
    ['cut off', new TextEncoder().encode('{"format":1,"alerts":[')],
    ['another format', new TextEncoder().encode('{"format":2,"alerts":[]}')],
    ['without a list', new TextEncoder().encode('{"format":1,"alerts":{}}')],
    ['a list alone', new TextEncoder().encode('[]')],
    ['nested without an end', new TextEncoder().encode('['.repeat(1_000_000))],
  ])('that are none: %s', (_name, bytes) => expect(() => readRecent(bytes)).toThrow(DownloadError));

  test.each<[string, Partial<Record<keyof RecentAlert, unknown>>]>([
    ['no key', { key: undefined }],
    ['a key of another length', { key: 'lark' }],
    ['a key that is a script', { key: HOSTILE }],
    ['a key that is a list', { key: ['larkmail'] }],
    ['no id', { id: '' }],
    ['an id that leads elsewhere', { id: '../../../evil' }],
    ['an id that is a script', { id: `${'a'.repeat(40)}"><script>` }],
    ['no former id', { previousId: null }],
    ['no date', { date: undefined }],
    ['a date that is none', { date: '2026-02-31T99:00:00Z' }],
    ['no type', { termsType: '' }],
    ['a type without an end', { termsType: 'x'.repeat(1_000) }],
  ])('without what an alert needs are left out: %s', (_name, part) =>
    expect(read({ format: 1, alerts: [{ ...ALERT, ...part }, PLAIN, null, 7, 'x', []] })).toEqual([PLAIN]),
  );

  test.each<[string, Partial<Record<keyof RecentAlert, unknown>>, Partial<RecentAlert>]>([
    ['a class that there is not', { class: 'catastrophe' }, { class: 'text' }],
    ['a class of every object', { class: 'constructor' }, { class: 'text' }],
    [
      'topics that are none',
      { topics: [HOSTILE, 'data/sharing', 7, 'UPPER', 'x'.repeat(100)] },
      { topics: ['data/sharing'] },
    ],
    ['a significance beyond', { significance: 7 }, { significance: 1 }],
    ['a significance below', { significance: -1 }, { significance: 0 }],
    ['a significance as text', { significance: '1' }, { significance: 0 }],
    ['words below 0', { wordsAdded: -5, wordsRemoved: null }, { wordsAdded: 0, wordsRemoved: 0 }],
    ['a language that is a script', { language: '"><script>' }, { language: null }],
    ['withdrawals that are none', { undoes: ['x', 7, 'c'.repeat(40)] }, { undoes: ['c'.repeat(40)] }],
    ['blocks that are none', { blocks: 'x', blocksLeftOut: 'x' }, { blocks: [], blocksLeftOut: 0 }],
    ['a block of another kind', { blocks: [{ ...BLOCK, kind: 'evil' }, BLOCK] }, { blocks: [BLOCK] }],
    ['a block that is none', { blocks: [null, 7, [], BLOCK] }, { blocks: [BLOCK] }],
    [
      'spans that are none',
      {
        blocks: [
          { ...BLOCK, spans: [null, { kind: 'script', text: 'x' }, { kind: 'equal', text: 7 }, BLOCK.spans[0]] },
        ],
      },
      { blocks: [{ ...BLOCK, spans: BLOCK.spans.slice(0, 1) }] },
    ],
    [
      'places and headings that are none',
      { blocks: [{ ...BLOCK, headings: 'x', from: 'y', to: 1.5, gap: null, block: 'script' }] },
      { blocks: [{ ...BLOCK, headings: [], from: null, to: null, gap: '', block: 'paragraph' }] },
    ],
  ])('with fields of another kind heal: %s', (_name, part, healed) =>
    expect(read({ format: 1, alerts: [{ ...ALERT, ...part }] })).toEqual([{ ...ALERT, ...healed }]),
  );

  test('their text stays as it is: showing it as text is for views', () => {
    const blocks = [{ ...BLOCK, spans: [{ kind: 'inserted', text: HOSTILE }] }];
    expect(readAlert({ ...ALERT, termsType: HOSTILE, blocks })).toEqual({ ...ALERT, termsType: HOSTILE, blocks });
  });

  test('a redline without an end is cut, and says so', () => {
    const long = { ...BLOCK, spans: [{ kind: 'inserted', text: 'x'.repeat(60_000) }] };
    expect(readAlert({ ...ALERT, blocks: [long, long, long] })).toMatchObject({ blocks: [long], blocksLeftOut: 4 });
    const many = Array.from({ length: 10_000 }, () => BLOCK);
    expect(readAlert({ ...ALERT, blocks: many })?.blocks).toHaveLength(500);
    expect(readAlert({ ...ALERT, blocks: many })?.blocksLeftOut).toBe(9_502);
  });

  test('whatever fields an alert has: none, or one of which every field is of its kind', () => {
    const record = fc.record(
      Object.fromEntries(
        Object.entries(ALERT).map(([name, value]) => [name, fc.oneof(fc.constant(value), fc.anything())]),
      ),
    );
    fc.assert(
      fc.property(record, (value) => {
        const alert = readAlert(value);
        if (!alert) return;
        expect(alert.id).toMatch(/^[\da-f]{40,64}$/);
        expect(Number.isNaN(Date.parse(alert.date))).toBe(false);
        expect(alert.significance >= 0 && alert.significance <= 1).toBe(true);
        expect(alert.blocks.every(({ spans }) => Array.isArray(spans))).toBe(true);
        // What was read is read as itself.
        expect(readAlert(structuredClone(alert))).toEqual(alert);
      }),
    );
  });
});
