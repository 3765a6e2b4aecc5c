import type { TestCollection, TestRecord } from '../small-collections.ts';

export const TERMS = 'Terms of Service';
export const PRIVACY = 'Privacy Policy';

/** Which sites the collection of {@link termsForExtension} has, and what is to be told of them. */
export const SITES = {
  /** Terms of Service changed five days ago, on disputes. */
  changed: 'larkmail.example',
  /** Below it: the same service. */
  below: 'mail.larkmail.example',
  /** Below it, but a service of its own without any change. */
  shop: 'shop.larkmail.example',
  /** Another domain of the first service. */
  alias: 'lark.example',
  /** Its last change is one of how the text is set, not of its words, of three days ago. */
  noise: 'gullnet.example',
  unchanged: 'ferry.test',
  /** Of Moorings, whose terms changed eight days ago, and of Pilotage. */
  shared: 'quay.example',
  notCovered: 'nowhere.example',
} as const;

const document = (host: string, path: string) => ({ fetch: `https://www.${host}/${path}`, select: 'main' });

const LARKMAIL = [
  '# Terms of Larkmail',
  'You may use Larkmail for free, as long as you do not send letters to people who have asked you not to.',
  'We may end the service at any time. We tell you thirty days before.',
].join('\n\n');
const MOORINGS = [
  '# Terms of Moorings',
  'A berth is yours for the days that you have paid for.',
  'You get your money back if you cancel a week before you arrive.',
].join('\n\n');
const GULLNET = '# Terms of Gullnet\n\nPosts are yours. We show them to your friends.';

/**
 * A collection of fictional services as an extension's user meets them: one whose terms changed, one whose words only look otherwise,
 * others without changes, a host of two services, a domain below another's.
 *
 * @param now its changes are some days before
 */
export function termsForExtension(now: Date): TestCollection {
  const first = (serviceId: string, content: string, termsType = TERMS): TestRecord => {
    return { serviceId, termsType, content, date: daysBefore(now, 200) };
  };
  return {
    id: 'harbour',
    name: 'Harbour',
    isDefault: true,
    declarations: {
      Larkmail: {
        name: 'Larkmail',
        terms: { [TERMS]: document(SITES.changed, 'terms'), [PRIVACY]: document(SITES.changed, 'privacy') },
      },
      Quayside: { name: 'Quayside', terms: { [TERMS]: { fetch: `https://${SITES.shop}/terms`, select: 'main' } } },
      Gullnet: { name: 'Gullnet', terms: { [TERMS]: document(SITES.noise, 'terms') } },
      Ferry: { name: 'Ferry & Sons', terms: { [TERMS]: document(SITES.unchanged, 'terms') } },
      Moorings: { name: 'Moorings', terms: { [TERMS]: document(SITES.shared, 'moorings') } },
      Pilotage: { name: 'Pilotage', terms: { [TERMS]: document(SITES.shared, 'pilotage') } },
    },
    records: [
      first('Larkmail', LARKMAIL),
      first('Larkmail', '# Privacy\n\nWe keep your letters for thirty days.', PRIVACY),
      first('Quayside', '# Terms of Quayside\n\nWhat you buy is sent within three days.'),
      first('Gullnet', GULLNET),
      first('Ferry', '# Terms of Ferry & Sons\n\nTickets are valid for one crossing.'),
      first('Moorings', MOORINGS),
      first('Pilotage', '# Terms of Pilotage\n\nA pilot comes aboard within two hours.'),
      {
        serviceId: 'Moorings',
        termsType: TERMS,
        content: MOORINGS.replace('You get your money back', 'You get half of your money back'),
        date: daysBefore(now, 8),
      },
      {
        serviceId: 'Larkmail',
        termsType: TERMS,
        content: `${LARKMAIL}\n\nAll disputes are settled by binding arbitration. You waive your right to a jury trial.`,
        date: daysBefore(now, 5),
      },
      {
        serviceId: 'Gullnet',
        termsType: TERMS,
        content: GULLNET.replace('# Terms', '## Terms').replace('yours', '**yours**'),
        date: daysBefore(now, 3),
      },
    ],
  };
}

/** What a collection says beside its declarations. */
export const DOMAINS = `${SITES.changed}: Larkmail\n${SITES.shop}: Quayside\n${SITES.alias}: Larkmail\n`;

const DAY = 86_400_000;

/** ISO, whole seconds. */
const daysBefore = (now: Date, days: number): string =>
  `${new Date(now.getTime() - days * DAY).toISOString().slice(0, 19)}Z`;
