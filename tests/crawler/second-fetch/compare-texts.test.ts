import { describe, expect, test } from 'vitest';
import { changesText, compareTexts } from '../../../crawler/second-fetch/compare-texts.ts';

const FORMER =
  '# Terms\n\nYou may cancel within 30 days.\n\nWe keep your data for a year.\n\nQuestions of the day: parcels.\n\nWrite to us.';
const replaced = (text: string, ...pairs: readonly (readonly [string, string])[]): string =>
  pairs.reduce((result, [from, to]) => result.replace(from, to), text);
const CANCEL = ['30 days', '14 days'] as const;

describe('which changes are worth a second fetch', () => {
  test.each<[string, string, boolean]>([
    ['an amount', replaced(FORMER, CANCEL), true],
    ['a paragraph less', replaced(FORMER, ['\n\nWe keep your data for a year.', '']), true],
    ['emphasis', replaced(FORMER, ['30 days', '**30 days**']), false],
    ['a link', replaced(FORMER, ['Write to us', '[Write to us](https://brass.example/)']), false],
    ['nothing', FORMER, false],
  ])('%s', (_what, recorded, expected) => {
    expect(changesText(FORMER, recorded)).toBe(expected);
  });
});

describe('what a second text tells', () => {
  const recorded = replaced(FORMER, CANCEL);
  const confirmed = (found: string) => ({ outcome: 'confirmed', found });
  const notReproduced = (found: string) => ({ outcome: 'not-reproduced', found });

  test.each<[string, string, string, object]>([
    ['the recorded words', recorded, recorded, confirmed('new')],
    ['the recorded words in other markup', recorded, replaced(recorded, ['14 days', '_14 days_']), confirmed('new')],
    ['the former words', recorded, FORMER, notReproduced('former')],
    ['the former words in other markup', recorded, replaced(FORMER, ['Write', '**Write**']), notReproduced('former')],
    ['a third wording of the same passage', recorded, replaced(FORMER, ['30 days', '7 days']), notReproduced('other')],
    [
      'the change, while a part of the document changes at every request',
      replaced(recorded, ['parcels', 'refunds']),
      replaced(recorded, ['parcels', 'accounts']),
      confirmed('other'),
    ],
    [
      'only the part that changes at every request',
      replaced(FORMER, ['parcels', 'refunds']),
      replaced(FORMER, ['parcels', 'accounts']),
      notReproduced('other'),
    ],
    [
      'a paragraph that went and stays away beside such a part',
      replaced(FORMER, ['You may cancel within 30 days.\n\n', ''], ['parcels', 'refunds']),
      replaced(FORMER, ['You may cancel within 30 days.\n\n', ''], ['parcels', 'accounts']),
      confirmed('other'),
    ],
    [
      'a banner that went, and another that came in its place',
      replaced(FORMER, ['We keep your data for a year.\n\n', '']),
      replaced(FORMER, ['We keep your data for a year.', 'New here? Join us.']),
      notReproduced('other'),
    ],
    ['nothing at all', recorded, '', notReproduced('other')],
  ])('%s', (_what, second, again, expected) => {
    expect(compareTexts(FORMER, second, again)).toEqual(expected);
  });
});
