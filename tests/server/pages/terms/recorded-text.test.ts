import { expect, test } from 'vitest';
import { pagesOfTest } from '../../../helpers/pages.ts';
import { servedOfTest } from '../../../helpers/served.ts';

const FRENCH = [
  'Vous pouvez utiliser le service gratuitement, et nous conservons vos lettres pendant trente jours après leur envoi.',
  'Les litiges sont réglés par un tribunal de votre pays, et vous pouvez toujours nous écrire pour supprimer votre compte.',
].join('\n\n');

test('the language of what is recorded is named, and where it is declared to be', async () => {
  const terms = { serviceId: 'Courrier', termsType: 'Terms of Service' };
  const served = await servedOfTest({
    collections: [
      {
        id: 'port',
        declarations: {
          Courrier: {
            name: 'Courrier',
            terms: { 'Terms of Service': { fetch: 'https://fr.courrier.example/cgu', select: 'main' } },
          },
        },
        records: [
          { ...terms, date: '2025-01-01T08:00:00Z', content: `# Conditions\n\n${FRENCH}` },
          {
            ...terms,
            date: '2025-02-01T08:00:00Z',
            content: `# Conditions\n\n${FRENCH}\n\nLe service coûte désormais dix euros par an et vous en êtes informés par lettre.`,
          },
        ],
      },
    ],
  });
  const pages = pagesOfTest(served);
  const textOf = (document: string): string =>
    (/<p class="muted recorded-text">(.*?)<\/p>/s.exec(document)?.[1] ?? '').replace(/<[^>]*>/g, '').trim();
  const said = 'Recorded text: French · declared at fr.courrier.example';
  expect(textOf(await pages.document('/en/port/services/Courrier/Terms%20of%20Service'))).toBe(said);
  expect(textOf(await pages.document('/en/port/services/Courrier'))).toBe(said);
  expect(textOf(await pages.document('/de/port/services/Courrier'))).toBe(
    'Erfasster Text: Französisch · deklariert unter fr.courrier.example',
  );
});

test('of terms that are declared no longer and have no language known, nothing is said', async () => {
  const document = await pagesOfTest(await servedOfTest()).document('/en/harbour/services/Old%20Harbour');
  expect(document).not.toContain('recorded-text');
});
