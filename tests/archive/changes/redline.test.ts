import { expect, test } from 'vitest';
import { redline } from '../../../archive/changes/redline.ts';

test.each([
  ['nothing changed', 'One.\n\nTwo.', 'One.\n\nTwo.', ['= One.', '= Two.']],
  ['a block inserted', 'One.\n\nTwo.', 'One.\n\nNew.\n\nTwo.', ['= One.', '+ New.', '= Two.']],
  ['a block deleted', 'One.\n\nTwo.', 'Two.', ['- One.', '= Two.']],
  [
    'words changed inside a block',
    'You may cancel within 30 days of the order.',
    'You may cancel within 14 days of the order.',
    ['~ You may cancel within [-30-]{+14+} days of the order.'],
  ],
  ['a block replaced by an unrelated one', 'Fees apply.', 'Courts decide.', ['- Fees apply.', '+ Courts decide.']],
  ['all of it deleted at the end', 'One.\n\nTwo.', 'One.', ['= One.', '- Two.']],
])('%s', (_, before, after, expected) => {
  const marks = { equal: '=', inserted: '+', deleted: '-' } as const;
  const lines = redline(before, after).map((block) =>
    block.kind === 'changed'
      ? `~ ${block.spans.map(({ kind, text }) => (kind === 'equal' ? text : kind === 'inserted' ? `{+${text}+}` : `[-${text}-]`)).join('')}`
      : `${marks[block.kind]} ${block.text}`,
  );
  expect(lines).toEqual(expected);
});

test('texts without a common block are told apart in bounded time', () => {
  const many = (word: string) => Array.from({ length: 6000 }, (_, n) => `${word} ${n}`).join('\n');
  const blocks = redline(many('old'), many('new'));
  expect(blocks.filter(({ kind }) => kind === 'deleted')).toHaveLength(6000);
  expect(blocks.filter(({ kind }) => kind === 'inserted')).toHaveLength(6000);
});
