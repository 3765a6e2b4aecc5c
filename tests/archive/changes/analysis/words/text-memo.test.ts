import { describe, expect, test } from 'vitest';
import { ownCopy } from '../../../../../archive/changes/analysis/words/own-copy.ts';
import { createTextMemo, remembering } from '../../../../../archive/changes/analysis/words/text-memo.ts';

describe('answers about texts', () => {
  test('are kept while they are asked for, and forgotten after two generations', () => {
    const memo = createTextMemo<number>(1000);
    memo.set('asked for', 1);
    memo.set('left alone', 2);
    for (let place = 0; place < 100; place++) {
      memo.set(`text ${place}`, place);
      expect(memo.get('asked for')).toBe(1);
    }
    expect(memo.get('left alone')).toBeUndefined();
    expect(memo.get('text 99')).toBe(99);
  });

  test('are made once, also where they are false or empty', () => {
    let made = 0;
    const answer = remembering((text) => {
      made++;
      return text === 'yes';
    });
    expect([answer('yes'), answer('no'), answer('yes'), answer('no')]).toEqual([true, false, true, false]);
    expect(made).toBe(2);
    const empty = remembering(() => {
      made++;
      return '';
    });
    expect([empty('a'), empty('a')]).toEqual(['', '']);
    expect(made).toBe(3);
  });
});

test.each(['', 'plain', 'café', 'лампа', '🕯️', '\ud800 alone', '\0'])('a copy of %j is the same text', (text) => {
  expect(ownCopy(text)).toBe(text);
});
