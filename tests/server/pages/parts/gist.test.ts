import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toGist } from '../../../../server/pages/parts/gist.ts';

/** Deleted words in brackets, inserted ones in braces. */
const marked = (before: string | undefined, after: string | undefined, heading?: string): string | undefined => {
  const gist = toGist({ heading, before, after });
  return gist?.spans
    .map(({ kind, text }) => (kind === 'deleted' ? `[${text}]` : kind === 'inserted' ? `{${text}}` : text))
    .join('');
};

describe('the words of a change', () => {
  test.each([
    ['We may write to you.', 'We will write to you.', 'We [may]{will} write to you.'],
    [undefined, 'Disputes are settled by arbitration.', '{Disputes are settled by arbitration.}'],
    ['- Disputes are settled by arbitration.', undefined, '[Disputes are settled by arbitration.]'],
    ['## Use', '### Use', undefined],
    ['The same.', 'The same.', undefined],
    [undefined, undefined, undefined],
    ['1. We sell nothing.', '2. We sell much.', 'We sell [nothing]{much}.'],
    ['a\0b\tc', 'a b d', 'a b [c]{d}'],
  ])('%j → %j', (before, after, expected) => expect(marked(before, after)).toBe(expected));

  test('are cut to a line or two around the first of them', () => {
    const lead = 'before '.repeat(100);
    const shown = marked(`${lead}the old ${'after '.repeat(200)}`, `${lead}the new ${'after '.repeat(200)}`) ?? '';
    expect(shown).toMatch(/^… (?:before )+the \[old\]\{new\} (?:after )+.*…$/);
    expect(shown.length).toBeLessThan(260);
  });

  test('show both sides of what was replaced, however long they are', () => {
    const shown = marked('red '.repeat(200), 'blue '.repeat(200)) ?? '';
    expect(shown).toMatch(/^\[red .*…\]\{blue .*…\}$/);
  });

  test('have the heading without its marks', () => {
    expect(toGist({ heading: '## 12. Disputes', before: undefined, after: 'x' })?.heading).toBe('12. Disputes');
    expect(toGist({ heading: '12. Disputes', before: undefined, after: 'x' })?.heading).toBe('12. Disputes');
  });

  test('of any text are whole characters, few, and made in a moment', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 3_000 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const spans = toGist({ heading: before, before, after })?.spans ?? [];
        expect(spans.map((span) => [...span.text].length).reduce((sum, length) => sum + length, 0)).toBeLessThan(300);
        for (const span of spans)
          if (before.isWellFormed() && after.isWellFormed()) expect(span.text.isWellFormed()).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
