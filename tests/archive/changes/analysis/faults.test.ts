import { describe, expect, test } from 'vitest';
import { judgeAll } from './judging.ts';
import { sections, terms } from './quayside.ts';

const TERMS = terms();
const state = async (...texts: readonly string[]): Promise<(string | undefined)[]> =>
  (await judgeAll(texts.map((text) => ({ text }))))
    .slice(1)
    .map((change) => change && `${change.state} ${change.alert}`);

const FRENCH = `# Conditions des traversiers

${Array.from({ length: 12 }, (_, at) => `Article ${at} : vous pouvez voyager avec nous si vous avez un billet pour la traversée, et nous vous prions de le garder avec vous pendant que vous êtes à bord du bateau.`).join('\n\n')}`;

describe('an answer that is no document', () => {
  test.each([
    ['English', '# 404\n\nPage not found'],
    ['a challenge', 'Checking your browser before you go on.'],
    ['French', '# Erreur\n\nPage introuvable'],
    ['German', 'Seite nicht gefunden'],
    ['Spanish', 'Página no encontrada'],
    ['Italian', 'Pagina non trovata'],
    ['Dutch', 'Pagina niet gevonden'],
    ['Polish', 'Nie znaleziono strony'],
    ['nothing at all', ''],
    ['a login', '# Sign in\n\nForgot your password?'],
  ])('%s is suspect, and the way back is quiet', async (_, text) => {
    expect(await state(TERMS, text, TERMS)).toEqual(['suspect false', 'return false']);
  });

  test('what changed behind it is told', async () => {
    expect(await state(TERMS, 'Page not found', terms('We may sell the names of our passengers to hotels.'))).toEqual([
      'suspect false',
      'ok true',
    ]);
  });

  test('words of an error inside terms are the terms’ own', async () => {
    expect(await state(TERMS, terms('Where a ticket shows that access denied is its state, it is void.'))).toEqual([
      'ok true',
    ]);
  });
});

describe('a document that lost much', () => {
  test('half of it', async () => {
    expect(await state(TERMS, sections(4).join('\n\n'), TERMS)).toEqual(['suspect false', 'return false']);
  });

  test('but not where something new stands under the headings that stayed', async () => {
    const headed = (...text: readonly string[]): string =>
      ['# Terms of the Quayside Ferries', ...text, '## Who we are', 'The law of the bay applies.'].join('\n\n');
    const clause =
      'Tickets are sold by the Heron Society alone, to which all of our ships belong since the first of May.';
    expect(await state(headed(...sections()), headed(clause))).toEqual(['ok true']);
    expect(await state(headed(...sections()), headed())).toEqual(['suspect false']);
    expect(await state(headed(...sections()), clause)).toEqual(['suspect false']);
  });

  test('with its beginning and its end it is a text that was shortened', async () => {
    const all = sections();
    expect(await state(all.join('\n\n'), [...all.slice(0, 2), ...all.slice(-2)].join('\n\n'))).toEqual(['ok true']);
  });

  test('one that stays is told in the third record, as persisting', async () => {
    const cut = (end: string): string => [...sections(3), end].join('\n\n');
    expect(await state(TERMS, cut('One.'), cut('Two.'), cut('Three.'), cut('Four.'))).toEqual([
      'suspect false',
      'suspect false',
      'persisting true',
      expect.stringMatching(/^ok /),
    ]);
  });

  test('one that has stood for two weeks is told in the next record', async () => {
    const cut = (end: string): string => [...sections(3), end].join('\n\n');
    const records = [{ text: TERMS }, { text: cut('One.'), day: 3 }, { text: cut('Two.'), day: 18 }];
    expect((await judgeAll(records)).map((change) => change?.state)).toEqual([undefined, 'suspect', 'persisting']);
  });

  test('an answer that is no document does not become one by lasting', async () => {
    const records = [{ text: TERMS }, { text: 'Page not found', day: 3 }, { text: 'Page not found. Sorry.', day: 60 }];
    expect((await judgeAll(records)).map((change) => change?.state)).toEqual([undefined, 'suspect', 'suspect']);
  });

  test('a technical upgrade leaves it a faulty capture, and is no record of the service', async () => {
    const cut = (end: string): string => [...sections(3), end].join('\n\n');
    const records = [
      { text: TERMS },
      { text: cut('One.'), day: 3 },
      { text: `${cut('One.')}\n\n* * *`, day: 4, isTechnicalUpgrade: true },
      { text: cut('Two.'), day: 5 },
      { text: TERMS, day: 6 },
    ];
    expect((await judgeAll(records)).map((change) => change && `${change.state} ${change.alert}`)).toEqual([
      undefined,
      'suspect false',
      'suspect false',
      'suspect false',
      'return false',
    ]);
  });

  test('all of its headings, with a part of its words', async () => {
    const bare = sections(7)
      .join('\n\n')
      .replaceAll(/^## .*\n\n/gm, '');
    expect(await state(TERMS, bare)).toEqual(['suspect false']);
  });

  test('headings that become bold lines are markup', async () => {
    expect(await state(TERMS, TERMS.replaceAll(/^#+ (.*)$/gm, '**$1**'))).toEqual(['ok false']);
  });

  test.each([
    ['told apart by headings', (text: string) => text],
    ['without headings', (text: string) => text.replaceAll(/^#+ .*\n\n/gm, '')],
  ])('two versions side by side of which one stays are no fault: %s', async (_, shape) => {
    const both = `Effective until July.\n\n${TERMS}\n\nEffective from July.\n\n${TERMS.replace('within a month', 'within a week')}`;
    const [change] = await state(shape(both), shape(TERMS.replace('within a month', 'within a week')));
    expect(change).toBe('ok true');
  });

  test('a text written anew, and shorter, is no fault', async () => {
    const long = [...Array(4).keys()]
      .map((at) =>
        sections()
          .join('\n\n')
          .replaceAll(/\b(\w+):/g, `$1 ${at}:`),
      )
      .join('\n\n');
    const anew = Array.from(
      { length: 45 },
      (_, at) =>
        `Rule ${at} of the harbour is that each passenger keeps a ticket number ${at} and shows it to the mate at gate ${at} on request.`,
    ).join('\n\n');
    expect(await state(long, anew)).toEqual(['ok true']);
  });
});

describe('another language', () => {
  test('is suspect', async () => {
    expect(await state(TERMS, FRENCH, TERMS)).toEqual(['suspect false', 'return false']);
  });

  test('a sentence in another language is not', async () => {
    expect(await state(TERMS, terms('Vous pouvez lire les conditions en français au bureau.'))).toEqual(['ok true']);
  });
});

describe('combined terms', () => {
  const combined = (...parts: readonly string[]): string => parts.join('\n\n- - -\n\n');
  const short = Array.from(
    { length: 8 },
    (_, at) =>
      `Rider ${at}: the harbour dues are paid by the passenger who asked for the crossing by night and not by others.`,
  ).join('\n\n');

  test('one part replaced by an error, while the whole hardly shrinks', async () => {
    const whole = combined(TERMS, short, TERMS.replaceAll('ship', 'bus'));
    const faulty = combined(TERMS, '# Access denied', TERMS.replaceAll('ship', 'bus'));
    expect(await state(whole, faulty, whole)).toEqual(['suspect false', 'return false']);
  });

  test('a part added or dropped is told', async () => {
    expect(
      await state(combined(TERMS, short), combined(TERMS, short, 'Rider for winter: no crossings by night.')),
    ).toEqual(['ok true']);
    expect(await state(combined(TERMS, short), TERMS)).toEqual(['ok true']);
  });
});
