import { describe, expect, test } from 'vitest';
import { judgeAll, type TestRecord } from './judging.ts';
import { sections, terms } from './quayside.ts';

const last = async (texts: readonly string[], more: readonly TestRecord[] = []): Promise<string> => {
  const change = (await judgeAll([...more, ...texts.map((text) => ({ text }))])).at(-1);
  return `${change?.class} ${change?.alert}`;
};
const names = ['Anvil', 'Beacon', 'Cutter', 'Dinghy', 'Ensign', 'Fender', 'Galley'];

describe('what comes and goes', () => {
  const banner = 'Storm warning: look at the board at the pier before you leave your home today or tomorrow.';
  // Other news beside it, so that the whole is never a return.
  const day = (at: number): string =>
    terms(
      ...(at % 2 ? [banner] : []),
      `We have bought the ${names[at]} and she sails from the northern pier on each weekday.`,
    );

  test('a banner is told once, and is furniture from its fourth turn on', async () => {
    const judged = await judgeAll(
      [0, 1, 2, 3, 4].map((at) => ({ text: at < 1 ? day(0) : day(at).replace(/We have.*$/, '') })),
    );
    expect(judged.map((change) => change?.alert)).toEqual([undefined, true, true, false, false]);
    const change = (await judgeAll([0, 1, 2, 3, 4, 5].map((at) => ({ text: day(at) })))).at(-1);
    expect(change?.reasons.join('\n')).toContain('block seen coming and going in 4 of the last 4 changes');
  });

  test('counters that tick', async () => {
    const votes = (count: number): string => terms(`${count} of our passengers found this helpful`);
    expect(await last([1, 2].map(votes))).toBe('text true');
    expect(await last([1, 2, 3, 4, 5, 6].map(votes))).toBe('text false');
  });

  test('a short block at a place that never rests', async () => {
    expect(await last(names.slice(0, 2).map((name) => terms(`The ${name} is for hire`)))).toBe('text true');
    expect(await last(names.map((name) => terms(`The ${name} is for hire`)))).toBe('text false');
  });

  test('a sentence of law at such a place is told', async () => {
    const texts = names.map((name) => terms(`The ${name} is for hire`));
    const clause =
      'We may change the fares at any time without a notice to those who hold a ticket for a later crossing.';
    expect(await last([...texts, terms(clause)])).toBe('text true');
  });

  test('a date that moves on does not make its place restless', async () => {
    const texts = names.map((_, at) => [`# Terms\n\nLast updated: ${at + 1} May 2024`, ...sections()].join('\n\n'));
    const told = texts.at(-1)?.replace('# Terms', '# Terms\n\nThese terms bind children too.') ?? '';
    expect(await last([...texts, told])).toBe('text true');
  });
});

describe('documents that never rest', () => {
  const days = (count: number): TestRecord[] =>
    Array.from({ length: count }, (_, at) => ({
      text: within(`Thread about the ${[...names, 'Halyard', 'Jib', 'Keel'][at]}`, at),
    }));
  const within = (short: string, at: number): string =>
    [...sections(at + 1), short, ...sections().slice(at + 1)].join('\n\n');

  test('short blocks anywhere, from the ninth change in 60 days on', async () => {
    const judged = await judgeAll(days(10));
    expect(judged.map((change) => change?.alert)).toEqual([undefined, ...Array(8).fill(true), false]);
    expect(judged.at(-1)?.class).toBe('text');
    expect(judged.at(-1)?.reasons.join('\n')).toContain('a short block of a document in which such changed 8 times');
  });

  test.each([
    ['a sentence', 'Whoever loses a ticket pays the fare again, whatever the purser may have said before.'],
    ['a date', 'Version of 3 May 2024'],
  ])('%s in it is told', async (_, block) => {
    expect((await judgeAll([...days(9), { text: within(block, 9) }])).at(-1)?.alert).toBe(true);
  });

  test('changes of weeks apart say nothing', async () => {
    const slow = days(10).map((record, at) => ({ ...record, day: at * 30 }));
    expect((await judgeAll(slow)).at(-1)?.alert).toBe(true);
  });
});

describe('a line that only tells a date', () => {
  const dated = [...sections(5), 'Effective date: 1 May 2024', ...sections().slice(5)].join('\n\n');
  const bare = sections().join('\n\n');

  test('gone alone is not told', async () => {
    expect(await last([dated, bare])).toBe('text false');
  });

  test('come, or gone with other words, is told', async () => {
    expect(await last([bare, dated])).toBe('text true');
    expect(await last([dated, `${bare}\n\nDogs pay half on each of our ships from now on.`])).toBe('text true');
    const deadline = dated.replace('Effective date: 1', 'Claims for lost property end on the 1');
    expect(await last([deadline, bare])).toBe('text true');
  });
});

describe('menus around the text', () => {
  const menu = (...entries: readonly string[]): string =>
    entries.map((entry) => `* [${entry}](https://quay.example/${entry.length})`).join('\n');

  test.each([
    ['above', (text: string) => `${text}\n\n${terms()}`],
    ['below', (text: string) => `${terms()}\n\n${text}`],
  ])('an entry %s the text', async (_, around) => {
    expect(await last([around(menu('Fares', 'Boats')), around(menu('Fares', 'Boats', 'Weddings aboard'))])).toBe(
      'text false',
    );
  });

  test('a menu with a heading below the text', async () => {
    expect(await last([terms(), `${terms()}\n\n## For sailors\n\n${menu('Knots', 'Rope')}`])).toBe('text false');
  });

  test('a menu between the text and a copyright notice', async () => {
    const notice =
      '© 2024 Quayside Ferries Ltd. Quayside, Gull and Heron are trademarks of the Quayside Ferries. All rights reserved.';
    const below = (...entries: readonly string[]): string => `${terms()}\n\n${menu(...entries)}\n\n${notice}`;
    expect(await last([below('Knots'), below('Knots', 'Rope')])).toBe('text false');
    const clause = 'Dogs pay half on each of our ships from now on, and cats pay nothing at all.';
    expect(await last([below('Knots'), below('Knots').replace(notice, `${clause}\n\n${notice}`)])).toBe('text true');
  });

  test('a heading below the text with a sentence is told', async () => {
    const more = '## For sailors\n\nSailors pay nothing on days when the wind is too strong for our ships.';
    expect(await last([terms(), `${terms()}\n\n${more}`])).toBe('text true');
  });

  test('an entry that leads to a document of its own is told', async () => {
    const file = (name: string): string => `* [Rules ${name}.pdf](https://quay.example/files/7)`;
    expect(await last([terms(), `${terms()}\n\n${file('of arbitration')}`])).toBe('text true');
    expect(await last([terms(), `${terms()}\n\n* [Rules](https://quay.example/rules.pdf?v=2)`])).toBe('text true');
  });

  test('a label above the text', async () => {
    expect(await last([terms(), `Book now\n\n${terms()}`])).toBe('text false');
  });

  test('a linked document in a list inside the text is told', async () => {
    const within = (list: string): string =>
      [...sections(5), 'These rules are part of the terms:', list, ...sections().slice(5)].join('\n\n');
    expect(await last([within(menu('Fares')), within(menu('Fares', 'Rules of arbitration'))])).toBe('text true');
  });

  test('an entry of a table of contents is told with its heading', async () => {
    const contents = (subject: string): string => `* [${subject}](#x)\n\n${terms(`## ${subject}`)}`;
    expect(await last([contents('Lost property'), contents('Forfeited property')])).toBe('text true');
  });

  test('a heading, a date and a contact above the text are told', async () => {
    expect(await last([terms(), terms().replace('# Terms', '# Contract')])).toBe('text true');
    expect(await last([terms(), `In force from 1 May 2024\n\n${terms()}`])).toBe('text true');
    expect(await last([terms(), `purser@quay.example\n\n${terms()}`])).toBe('text true');
  });
});

describe('the frame of the website', () => {
  const links = ['Boats', 'Piers', 'Weddings aboard', 'Press', 'Careers'];
  const frame = (text: string): string =>
    [
      'Storms are expected today, so that all crossings after noon may be late or may not take place at all.',
      ...links.map((entry) => `[${entry}](https://quay.example/${entry.length})`),
      text,
      '### Stay in touch with us. It pays!',
      ...links.map((entry) => `* [Our ${entry}](https://quay.example/${entry.length})`),
    ].join('\n\n');

  test('selected at once, or left out at once, is not told', async () => {
    expect(await last([terms(), frame(terms())])).toBe('text false');
    expect(await last([frame(terms()), terms()])).toBe('text false');
  });

  const rule = 'Dogs pay half on each of our ships from now on, and cats pay nothing at all as long as they sleep.';
  test('is told with a change of the text', async () => {
    expect(await last([terms(), frame(terms(rule, sections(1).join('')))])).toBe('text true');
    expect(await last([terms(), frame(terms().replace('Luggage: The crew', 'Luggage: The purser'))])).toBe('text true');
  });

  test.each([
    ['a section with a link', `## Pets\n\n${rule}\n\n[Fares](https://quay.example/fares)`],
    ['an annex of sentences', Array.from({ length: 6 }, (_, at) => `${names[at]}: ${rule}`).join('\n\n')],
    [
      'a list of those who get data, each with what they do',
      links
        .map(
          (one) =>
            `### ${one}\n\n${one} gets the names of all who sail with us, and keeps them for a year.\n\n[Policy](https://${one.length}.example/)`,
        )
        .join('\n\n'),
    ],
  ])('%s below the text is told', async (_, more) => {
    expect(await last([terms(), `${terms()}\n\n${more}`])).toBe('text true');
  });
});

describe('what stands everywhere', () => {
  const elsewhere = (services: number, block: string, day = 0): TestRecord[] =>
    Array.from({ length: services }, (_, at) => ({
      path: `${names[at]}/Terms.md`,
      text: `${block}\n\n${sections(2).join('\n\n')}`,
      day,
    }));
  const home = (block: string): TestRecord[] => [
    { text: terms(), day: 100 },
    { text: ['# Terms of the Quayside Ferries', ...sections(3), block, ...sections().slice(3)].join('\n\n'), day: 101 },
  ];
  const alert = async (records: readonly TestRecord[]): Promise<boolean | undefined> =>
    (await judgeAll(records)).at(-1)?.alert;

  test('a short block of five other services for two months is furniture', async () => {
    const block = 'Powered by Halyard';
    expect(await alert([...elsewhere(5, block), ...home(block)])).toBe(false);
  });

  test.each([
    ['of four services', elsewhere(4, 'Powered by Halyard'), 'Powered by Halyard'],
    ['that is new there too', elsewhere(5, 'Powered by Halyard', 90), 'Powered by Halyard'],
    [
      'that is a sentence',
      elsewhere(5, 'We share your data with Halyard and its heirs.'),
      'We share your data with Halyard and its heirs.',
    ],
  ])('not one %s', async (_, records, block) => {
    expect(await alert([...records, ...home(block)])).toBe(true);
  });
});
