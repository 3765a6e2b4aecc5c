import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { isOfBlock, type Reason, type ReasonCode } from '../../../../archive/changes/analysis/reason.ts';
import { reasonSentence } from '../../../../archive/changes/analysis/reason-sentence.ts';
import { formatsOf } from '../../../../server/pages/formats.ts';
import { PAGE_LANGUAGES, type PageLanguage } from '../../../../server/pages/languages.ts';
import { createTranslate } from '../../../../server/pages/messages.ts';
import { judgementReason } from '../../../../server/pages/parts/reasons.ts';

type Facts<Code extends ReasonCode> = Omit<Extract<Reason, { readonly code: Code }>, 'code'>;

const DATE = Date.UTC(2024, 4, 3);
const BLOCK = { side: 'added', words: 'we sell <b>rope</b> & twine' } as const;
const SOME = { ...BLOCK, times: 4, of: 1_200 };

/** Every reason that there is: one without facts here does not compile. */
const FACTS: { readonly [Code in ReasonCode]: readonly Facts<Code>[] } = {
  'error-wording': [{ wording: 'page not found' }],
  shrunk: [{ from: 12_345, to: 1_002 }],
  'without-headings': [{ from: 1_100 }],
  'other-language': [{ from: 'en', to: 'nb' }],
  return: [{ date: DATE }],
  'return-again': [3, 10, 11, 12, 13, 21, 22, 103, 111, 1_004].map((turns) => ({ date: DATE, turns })),
  reverted: [{ date: DATE }],
  'reverted-again': [{ date: DATE, turns: 4 }],
  persisting: [{}],
  none: [{}],
  formatting: [{}],
  links: [{}],
  moved: [{}],
  more: [{ blocks: 1 }, { blocks: 2 }, { blocks: 20_000 }],
  unreadable: [{}],
  'former-unreadable': [{}],
  words: [BLOCK, { ...BLOCK, side: 'removed' }, { ...BLOCK, words: '' }, { ...BLOCK, words: '{date} \uE000 ’’ #' }],
  spacing: [BLOCK],
  mail: [BLOCK],
  clock: [BLOCK],
  when: [BLOCK],
  'filled-in': [BLOCK],
  numbering: [BLOCK],
  dates: [BLOCK],
  rewrapped: [BLOCK],
  fragment: [BLOCK],
  template: [BLOCK],
  controls: [BLOCK],
  menu: [BLOCK],
  repeats: [BLOCK],
  everywhere: [{ ...BLOCK, services: 5 }],
  'comes-and-goes': [SOME],
  counter: [SOME],
  'restless-place': [SOME],
  'restless-document': [SOME],
  frame: [BLOCK],
  'lost-date': [BLOCK],
};
const REASONS = Object.entries(FACTS).flatMap(([code, all]) => all.map((facts) => ({ code, ...facts }) as Reason));

function said(reason: Reason, language: PageLanguage): HTMLElement {
  const page = { t: createTranslate(language), format: formatsOf(language) };
  return new JSDOM(String(judgementReason(page, reason, 'tr'))).window.document.body;
}

test.each(REASONS.map((reason) => [reasonSentence(reason), reason] as const))(
  'an English page says what the API says: %s',
  (sentence, reason) => {
    expect(said(reason, 'en').textContent).toBe(sentence);
  },
);

describe.each(PAGE_LANGUAGES.filter((language) => language !== 'en'))('the reasons in %s', (language) => {
  const format = formatsOf(language);

  test.each(REASONS)('%j', (reason) => {
    const text = said(reason, language).textContent;
    expect(text).not.toBe(reasonSentence(reason));
    const facts: Readonly<Record<string, unknown>> = { ...reason };
    const { date, from, to, turns, times, of, services, blocks, words } = facts;
    const numbers = [from, to, turns, times, services, blocks, reason.code === 'restless-document' ? undefined : of];
    for (const number of numbers) if (typeof number === 'number') expect(text).toContain(format.number(number));
    if (typeof date === 'number') expect(text).toContain(format.day(new Date(date)));
    if (reason.code === 'other-language') expect(text).toContain(format.language(reason.to));
    expect(text).toContain(words ?? '');
  });
});

test('archived words are marked as theirs, and are nothing but text', () => {
  for (const reason of REASONS.filter(isOfBlock)) {
    const marked = said(reason, 'de').querySelectorAll('*');
    expect([...marked].map((element) => element.outerHTML.startsWith('<bdi lang="tr">'))).toEqual([true]);
    expect(marked[0]?.textContent).toBe(reason.words);
  }
});
