import type { TestCollection, TestRecord } from './small-collections.ts';

const SECTIONS = [
  '# Terms of Service of Brass',
  'These terms apply to everybody who keeps instruments with Brass. Please read them with care before you send anything to us.',
  '## Your account',
  'You need an account to keep instruments with us. You choose a password and tell it to nobody. You tell us when your address changes.',
  '## What we do',
  'We store what you send us in a dry room, and we insure it against fire and theft up to the value that you have told us.',
  'We look at each instrument once a year and write to you about what we found. You decide whether it should be repaired.',
  '## What it costs',
  'Keeping an instrument costs a monthly fee of twelve euros. The fees are due in advance, and prices include all taxes.',
  'You pay by transfer or by card. Where you are late, we remind you once before we ask for interest.',
  '## Ending the contract',
  'You may end the contract at the end of each month. We send your instruments back at your cost within two weeks.',
  'Read more in our [guide](https://brass.example/guide) and on the [page about repairs](https://brass.example/repairs).',
];
const ARBITRATION =
  '## Disputes\n\nYou and Brass agree that all disputes are settled by binding arbitration, and you waive the right to take part in a class action. This section is effective as of 1 April 2024.';
const TERMS = 'Terms of Service';

const plain = SECTIONS.join('\n\n');

/** Texts of {@link JUDGED_COLLECTION}, for tests that add to it. */
export const BRASS = {
  plain,
  emphasised: plain.replace('a dry room', '**a dry room**'),
  relinked: plain.replace('brass.example/guide', 'brass.example/the-guide'),
  arbitration: `${plain.replace('brass.example/guide', 'brass.example/the-guide')}\n\n${ARBITRATION}`,
  faulty: 'Access denied. You do not have permission to access this page on this server.',
} as const;

const brass = (date: string, content: string, more: Partial<TestRecord> = {}): TestRecord => ({
  serviceId: 'Brass',
  termsType: TERMS,
  date: `${date}T08:00:00Z`,
  content,
  snapshots: [],
  ...more,
});

const DANISH = [
  '# Vilkår for Kobber',
  'Disse vilkår gælder for alle, der bruger vores tjeneste. Læs dem, før du opretter en konto hos os.',
  'Du må bruge tjenesten gratis, så længe du overholder reglerne. Vi kan lukke din konto, hvis du ikke gør det.',
  'Vi sender dig en besked, når der sker ændringer i vilkårene, og du kan altid læse dem på vores hjemmeside.',
].join('\n\n');

/**
 * One collection of fictional services with what judging tells apart: formatting, links, an alert with topics and dates,
 * its withdrawal, a faulty capture and the return from it, a technical upgrade, and a language without topics.
 */
export const JUDGED_COLLECTION: TestCollection = {
  id: 'forge',
  name: 'Forge',
  isDefault: true,
  declarations: {
    Brass: { name: 'Brass & Co', terms: { [TERMS]: { fetch: 'https://brass.example/terms', select: 'main' } } },
    Kobber: { name: 'Kobber', terms: { [TERMS]: { fetch: 'https://kobber.example/terms', select: 'main' } } },
  },
  records: [
    brass('2024-01-01', BRASS.plain),
    brass('2024-01-11', BRASS.emphasised),
    brass('2024-01-21', BRASS.relinked),
    brass('2024-02-01', BRASS.arbitration),
    brass('2024-02-11', BRASS.relinked),
    brass('2024-02-21', BRASS.faulty),
    brass('2024-02-22', BRASS.relinked),
    brass('2024-02-22', BRASS.relinked.replace('# Terms of Service of Brass', 'Terms of Service of Brass\n======'), {
      isTechnicalUpgrade: true,
    }),
    brass('2024-03-11', BRASS.relinked.replace('twelve euros', 'fifteen euros')),
    { serviceId: 'Kobber', termsType: TERMS, date: '2024-03-12T08:00:00Z', content: DANISH, snapshots: [] },
    {
      serviceId: 'Kobber',
      termsType: TERMS,
      date: '2024-03-22T08:00:00Z',
      content: DANISH.replace('gratis', 'for ti kroner om måneden'),
      snapshots: [],
    },
  ],
};
