// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { type RedlineOptions, redlineView } from '../../../extension/views/redline-view.ts';
import type { RedlineBlock } from '../../../server/api/contract.ts';
import { block, wordsIn } from '../../helpers/extension/made-popup.ts';
import { HOSTILE } from '../../helpers/hostile.ts';

const view = (blocks: readonly RedlineBlock[], part: Partial<RedlineOptions> = {}): HTMLElement =>
  redlineView(blocks, {
    words: wordsIn('en'),
    language: 'fr',
    leftOut: 0,
    title: 'Terms of Service',
    whole: 'https://watch.example/en/redline',
    ...part,
  });

const textOf = (found: Element | null): string | null | undefined => found?.textContent;
const changed = (to: number, part: Partial<RedlineBlock> = {}): RedlineBlock =>
  block(`Paragraph +${to}+`, { from: to, to, ...part });

describe('a redline', () => {
  test('terms are marked as of their language and direction, our words are not', () => {
    const shown = view([block('+Nous lisons.+', { kind: 'inserted', from: null, headings: ['Usage'] })]);
    for (const part of shown.querySelectorAll('.text, .path')) {
      expect([part.getAttribute('lang'), part.getAttribute('dir')]).toEqual(['fr', 'auto']);
    }
    expect(shown.querySelectorAll('.text, .path')).toHaveLength(2);
    expect(shown.querySelector('.label')?.closest('[lang]')).toBeNull();
  });

  test('a language that is not known is not said to be that of the page', () => {
    expect(
      view([changed(1)], { language: null })
        .querySelector('.text')
        ?.getAttribute('lang'),
    ).toBe('');
  });

  test.each<[Partial<RedlineBlock>, string | undefined]>([
    [{ kind: 'inserted', from: null }, 'inserted'],
    [{ kind: 'deleted', to: null }, 'deleted'],
    [{ kind: 'moved', from: 3 }, 'moved from paragraph 4'],
    [{ kind: 'changed' }, undefined],
  ])('%o is labelled in words', (part, label) => {
    expect(textOf(view([changed(5, part)]).querySelector('.label')) ?? undefined).toBe(label);
  });

  test('headings stand above a paragraph once, without the name of the whole', () => {
    const headings = ['Larkmail Terms of Service', '4. Use', '4.2 Sharing'];
    const shown = view([changed(1, { headings }), changed(2, { headings }), changed(3, { headings: ['5. End'] })]);
    expect([...shown.querySelectorAll('.path')].map(textOf)).toEqual(['4. Use › 4.2 Sharing', '5. End']);
  });

  test('what is unchanged between two changes is counted', () => {
    expect(textOf(view([changed(3), changed(8)]).querySelector('.gap'))).toBe('4 paragraphs unchanged');
    const equal = block('Same.', { kind: 'equal', from: 4, to: 4 });
    expect(textOf(view([changed(3), equal, changed(5)]).querySelector('.gap'))).toBe('1 paragraph unchanged');
    expect(view([changed(3), changed(4)]).querySelector('.gap')).toBeNull();
  });

  test('where changed paragraphs were left out, nothing is said to be unchanged', () => {
    const shown = view([changed(3), changed(8)], { leftOut: 2 });
    expect(shown.querySelector('.gap')).toBeNull();
    expect(textOf(shown.querySelector('.more'))).toBe('2 more changed paragraphs had no room here. Whole redline');
    expect(shown.querySelector('a')?.getAttribute('href')).toBe('https://watch.example/en/redline');
  });

  test('versions that could not be compared are said to be too large', () => {
    expect(textOf(view([], { leftOut: 1 }))).toBe('These versions are too large to be compared here. Whole redline');
  });

  test('many changes begin with a few; the others open in place and get the focus', () => {
    const shown = view(Array.from({ length: 9 }, (_, place) => changed(place)));
    document.body.replaceChildren(shown);
    expect(shown.querySelectorAll('.para')).toHaveLength(3);
    const more = shown.querySelector('button');
    expect(textOf(more)).toBe('Show 6 more changed paragraphs');
    more?.click();
    expect(shown.querySelectorAll('.para')).toHaveLength(9);
    expect(document.activeElement).toBe(shown.querySelectorAll('.para')[3]);
  });

  test.each(HOSTILE.markdown)('hostile: $name', ({ text }) => {
    const hostile: RedlineBlock[] = [
      {
        ...block(''),
        spans: [
          { kind: 'equal', text },
          { kind: 'inserted', text },
        ],
        headings: [text],
      },
      { ...block(''), kind: 'deleted', spans: [{ kind: 'deleted', text }], block: 'table-row', to: null },
    ];
    const shown = view(hostile, { language: text });
    const names = new Set([...shown.querySelectorAll('*')].map(({ tagName }) => tagName));
    expect([...names].filter((name) => !['DIV', 'P', 'SPAN', 'INS', 'DEL', 'BUTTON'].includes(name))).toEqual([]);
  });
});
