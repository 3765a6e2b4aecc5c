import { describe, expect, test } from 'vitest';
import cases from './cases/ladder.json' with { type: 'json' };
import { judgeAll } from './judging.ts';

/** Each case stands between sentences that stay: what is around it says nothing. */
const around = (text: string): string => `Terms of the Quayside Ferries
==============================

These terms apply to all who cross the bay on one of our ships, with or without a ticket.

General
-------

Whoever comes aboard accepts what the crew says about safety, and follows it without delay.

${text}

The law of the land where the ship was boarded applies, and its courts decide where we cannot agree.

Nothing in here limits rights that the law gives to travellers and that no agreement can take away.
`;

describe('the ladder, by pairs of texts (cases/ladder.json)', () => {
  test.each(cases)('$name: $class', async ({ before, after, class: rung, alert }) => {
    const [, change] = await judgeAll([{ text: around(before) }, { text: around(after) }]);
    expect({ class: change?.class, alert: change?.alert }).toEqual({ class: rung, alert });
  });

  test.each(cases)('$name: the way back is of the same class', async ({ before, after, class: rung }) => {
    const [, change] = await judgeAll([{ text: around(after) }, { text: around(before) }]);
    expect(change?.class).toBe(rung);
  });
});
