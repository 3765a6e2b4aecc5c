import { describe, expect, test } from 'vitest';
import { formatsOf } from '../../../../server/pages/formats.ts';
import { createTranslate } from '../../../../server/pages/messages.ts';
import { type Standing, trackingWords } from '../../../../server/pages/parts/tracking-state.ts';

const FAILURE = {
  location: 'https://a.example/',
  stage: 'extract',
  reason: 'no-match',
  message: 'No element.',
} as const;

const state = (values: Partial<Standing>): Standing => ({
  state: 'ok',
  lastCheck: null,
  lastSuccessfulCheck: null,
  unchangedSince: null,
  failingSince: null,
  consecutiveFailures: 0,
  failures: [],
  ...values,
});

const page = (language: 'en' | 'de') => ({
  t: createTranslate(language),
  format: formatsOf(language),
  now: new Date('2026-03-01T12:00:00Z'),
});

describe('the state of tracking in words', () => {
  test.each([
    [
      { lastCheck: '2026-03-01T10:00:00Z', unchangedSince: '2024-05-03T08:00:00Z' },
      'checked 2 hours ago, unchanged since 3 May 2024',
    ],
    [{ lastCheck: '2026-03-01T10:00:00Z' }, 'checked 2 hours ago'],
    [
      { state: 'failing', failingSince: '2026-02-26T11:00:00Z', failures: [FAILURE] },
      'failing for 3 days: no element matches what is declared',
    ],
    [
      {
        state: 'failing',
        failingSince: '2026-03-01T11:00:00Z',
        failures: [{ ...FAILURE, reason: 'moon', message: 'The moon.' }],
      },
      'failing since less than a day: The moon.',
    ],
    [{ state: 'unchecked' }, 'not checked yet'],
    [
      { state: 'not-declared', unchangedSince: '2024-05-03T08:00:00Z' },
      'no longer tracked, text as recorded on 3 May 2024',
    ],
    [{ state: 'unknown' }, 'recorded elsewhere: its checks are known there'],
    [
      {
        state: 'unknown',
        unchangedSince: '2022-08-22T08:00:00Z',
        upgradedAt: new Date('2025-09-23T08:00:00Z'),
        collectionUntil: new Date('2025-12-24T08:00:00Z'),
      },
      'recorded elsewhere: its checks are known there, text as recorded on 22 August 2022, recorded anew on 23 September 2025 (technical upgrade), latest version in the whole collection: 24 December 2025',
    ],
    [
      {
        lastCheck: '2026-03-01T10:00:00Z',
        unchangedSince: '2024-05-03T08:00:00Z',
        upgradedAt: new Date('2025-01-02T08:00:00Z'),
      },
      'checked 2 hours ago, unchanged since 3 May 2024, recorded anew on 2 January 2025 (technical upgrade)',
    ],
  ] satisfies [Partial<Standing>, string][])('%j', (values, words) =>
    expect(trackingWords(page('en'), state(values))).toBe(words),
  );

  test('in another language', () => {
    const failing = state({ state: 'failing', failingSince: '2026-02-26T11:00:00Z', failures: [FAILURE] });
    expect(trackingWords(page('de'), failing)).toBe('schlägt seit 3 Tagen fehl: kein Element passt zur Deklaration');
  });
});
