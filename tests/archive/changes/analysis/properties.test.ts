import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Piece, pieces, type Style, sentence, style, write } from './generated-terms.ts';
import { judgeAll } from './judging.ts';

const PLAIN: Style = {
  bullet: '*',
  underlined: false,
  emphasis: '',
  indent: '',
  gap: '\n\n',
  wrapped: false,
  blank: ' ',
  title: false,
  page: 'a',
  escaped: false,
  picture: false,
};
const RUNS = { numRuns: 300, seed: 20_260_401 };

const judged = async (before: string, after: string) => (await judgeAll([{ text: before }, { text: after }]))[1];

describe('what is said in another way', () => {
  test('white space, markup, pictures and link targets of the same host never alert and are never text', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, style, style, async (document, one, other) => {
        const change = await judged(write(document, one), write(document, other));
        expect(change?.alert).toBe(false);
        expect(['none', 'formatting', 'links', 'moved']).toContain(change?.class);
      }),
      RUNS,
    );
  });

  const TYPOGRAPHY: readonly (readonly [string, string])[] = [
    ["the captain's word", 'the captain’s word'],
    ['"the bay"', '“the bay”'],
    ['"the bay"', '„the bay“'],
    ['"the bay"', '« the bay »'],
    ['bay - sea', 'bay — sea'],
    ['bay-side', 'bay‑side'],
    ['and so on...', 'and so on…'],
    ['the office', 'the o\ufb03ce'],
    ['crossing', 'cross\u00ading'],
    ['the bay', 'the\u00a0bay'],
    ['the bay', '\u200bthe bay\ufeff'],
    ['5 %', '5 \uff05'],
    ['THE BAY', 'the bay'],
    ['the * bay', 'the bay'],
  ];
  test('quotes, dashes, blanks that nobody sees, capitals', async () => {
    await fc.assert(
      fc.asyncProperty(
        pieces,
        sentence,
        fc.constantFrom(...TYPOGRAPHY),
        style,
        async (document, text, [one, other], how) => {
          const change = await judged(
            write([...document, { kind: 'paragraph', text: `${text} ${one} ends.` }], PLAIN),
            write([...document, { kind: 'paragraph', text: `${text} ${other} ends.` }], how),
          );
          expect(change?.alert).toBe(false);
          expect(change?.class).not.toBe('text');
        },
      ),
      RUNS,
    );
  });
});

/** What stands for another thing in the eyes of the law, in any sentence. */
const DECISIVE: readonly (readonly [string, string])[] = [
  ['1.5 %', '15 %'],
  ['1.5%', '15%'],
  ['1,5 %', '1,6 %'],
  ['€5', '$5'],
  ['5 €', '5 £'],
  ['¥500', '€500'],
  ['28 days', '90 days'],
  ['28 Tage', '90 Tage'],
  ['28日', '90日'],
  ['1,000 units', '1.000 units'],
  ['1,000 units', '10,000 units'],
  ['2000 units', '20000 units'],
  ['€ 2000', '€ 2010'],
  ['2000 euros', '2010 euros'],
  ['+5 points', '−5 points'],
  ['+5 points', '-5 points'],
  ['≥ 5 guests', '≤ 5 guests'],
  ['2.5 GB', '25 GB'],
  ['3 months', '4 months'],
  ['10:00 units', '11:00 units'],
  ['5 ‰', '5 %'],
  ['may carry', 'may not carry'],
  ['will carry', 'will never carry'],
  ['do carry', "don't carry"],
  ['do carry', 'don’t carry'],
  ['can carry', 'cannot carry'],
  ['darf', 'darf nicht'],
  ['peut', 'ne peut pas'],
  ['puede', 'no puede'],
  ['может', 'не может'],
  ['できます', 'できません'],
  ['يجوز', 'لا يجوز'],
  ['lawful', 'unlawful'],
  ['with consent', 'without consent'],
  ['opt-in', 'opt-out'],
];

describe('what decides', () => {
  const places = fc.constantFrom('beginning', 'middle', 'end');
  const put = (text: string, what: string, where: string): string => {
    if (where === 'beginning') return `${what} ${text}`;
    if (where === 'end') return `${text.slice(0, -1)} ${what}.`;
    const words = text.split(' ');
    return [...words.slice(0, Math.ceil(words.length / 2)), what, ...words.slice(Math.ceil(words.length / 2))].join(
      ' ',
    );
  };
  const kinds = fc.constantFrom('paragraph', 'item', 'cell', 'heading');
  const piece = (text: string, kind: string): Piece => {
    if (kind === 'item') return { kind: 'list', items: [text] };
    if (kind === 'cell')
      return {
        kind: 'table',
        rows: [
          ['x', text],
          ['y', 'z'],
        ],
      };
    return kind === 'heading' ? { kind: 'heading', text, level: 2 } : { kind: 'paragraph', text };
  };

  test.each(DECISIVE)('%s for %s is text, and told, wherever it stands and both ways', async (one, other) => {
    await fc.assert(
      fc.asyncProperty(
        pieces,
        sentence,
        places,
        kinds,
        style,
        fc.boolean(),
        async (document, text, where, kind, how, back) => {
          const [before, after] = back ? [other, one] : [one, other];
          const around = (what: string): Piece[] => [
            ...document.slice(0, 2),
            piece(put(text, what, where), kind),
            ...document.slice(2),
          ];
          const change = await judged(write(around(before), PLAIN), write(around(after), { ...how, escaped: false }));
          expect({ class: change?.class, alert: change?.alert }).toEqual({ class: 'text', alert: true });
        },
      ),
      { ...RUNS, numRuns: 40 },
    );
  });

  test('a word that was replaced', async () => {
    const words = ['parrot', 'Segelboot', 'coquelicot', 'погода', 'καιρός', 'الطقس', '날씨'];
    await fc.assert(
      fc.asyncProperty(
        pieces,
        sentence,
        places,
        kinds,
        fc.constantFrom(...words),
        fc.constantFrom('weather', 'zegar'),
        style,
        async (document, text, where, kind, one, other, how) => {
          const around = (what: string): Piece[] => [...document, piece(put(text, what, where), kind)];
          const change = await judged(write(around(one), PLAIN), write(around(other), how));
          expect({ class: change?.class, alert: change?.alert }).toEqual({ class: 'text', alert: true });
        },
      ),
      RUNS,
    );
  });

  test('a sentence that came or went', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, sentence, style, fc.boolean(), async (document, text, how, comes) => {
        const more: Piece[] = [...document, { kind: 'paragraph', text: `Parrots pay for ${text}` }];
        const [before, after] = comes ? [document, more] : [more, document];
        const change = await judged(write(before, PLAIN), write(after, how));
        expect(change?.class).toBe('text');
        expect(change?.alert || change?.state === 'suspect').toBe(true);
      }),
      RUNS,
    );
  });
});
