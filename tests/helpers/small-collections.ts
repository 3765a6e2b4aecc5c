/** A version to be recorded, with the snapshot that it was extracted from unless it says otherwise. */
export interface TestRecord {
  readonly serviceId: string;
  readonly termsType: string;
  /** ISO; whole seconds. */
  readonly date: string;
  /** Markdown. */
  readonly content: string;
  readonly isTechnicalUpgrade?: boolean;
  /** The source documents as fetched: HTML made from the content by default; an empty list for none. */
  readonly snapshots?: readonly {
    readonly documentId?: string;
    readonly content: string | Uint8Array;
    readonly mimeType?: string;
    readonly location?: string;
  }[];
}

/** A collection to be made for a test. */
export interface TestCollection {
  readonly id: string;
  readonly name?: string;
  /** Default `tracked`. */
  readonly kind?: 'tracked' | 'mirrored';
  readonly isDefault?: boolean;
  readonly schedule?: string;
  /** Text of metadata.yml; one is made where there are declarations, none for an empty text. */
  readonly metadata?: string;
  /** Service id → what its JSON file holds. Without any, the collection has no folder of declarations. */
  readonly declarations?: Readonly<Record<string, unknown>>;
  /** In the order of their recording. */
  readonly records?: readonly TestRecord[];
}

const TERMS = 'Terms of Service';
const PRIVACY = 'Privacy Policy';

/**
 * Two collections of fictional services, which have in them what readers have to cope with: several terms, a technical
 * upgrade that is dated back, terms that combine two source documents, a service that is no longer declared, one that
 * was never recorded, odd names, a mirror without snapshots, and terms that both collections track.
 */
export const SMALL_COLLECTIONS: readonly TestCollection[] = [
  {
    id: 'harbour',
    name: 'Harbour',
    isDefault: true,
    schedule: '30 */12 * * *',
    declarations: {
      Larkmail: {
        name: 'Larkmail',
        terms: {
          [TERMS]: { fetch: 'https://www.larkmail.example/terms', select: 'main', remove: ['nav', '.banner'] },
          [PRIVACY]: {
            combine: [
              { fetch: 'https://www.larkmail.example/privacy', select: 'main' },
              { fetch: 'https://www.larkmail.example/cookies', select: ['article', '#details'] },
            ],
            executeClientScripts: false,
          },
        },
      },
      'Ferry & Sons!': {
        name: 'Ferry & Sons',
        terms: { [TERMS]: { fetch: 'https://ferry.test/legal/terms.pdf' } },
      },
      Unrecorded: { name: 'Unrecorded', terms: { [PRIVACY]: { fetch: 'https://unrecorded.test/p', select: 'body' } } },
    },
    records: [
      {
        serviceId: 'Larkmail',
        termsType: TERMS,
        date: '2024-01-10T08:00:00Z',
        content: '# Terms\n\nYou may use Larkmail for free.\n\nWe may end the service at any time.',
      },
      {
        serviceId: 'Old Harbour',
        termsType: TERMS,
        date: '2024-01-11T08:00:00Z',
        content: '# Terms of Old Harbour\n\nBoats are moored at the risk of their owners.',
      },
      {
        serviceId: 'Larkmail',
        termsType: PRIVACY,
        date: '2024-01-12T08:00:00Z',
        content: '# Privacy\n\nWe keep your letters for thirty days.\n\n- - -\n\n# Cookies\n\nWe set one cookie.',
        snapshots: [
          {
            documentId: 'privacy',
            content: '<main><h1>Privacy</h1><p>We keep your letters for thirty days.</p></main>',
            location: 'https://www.larkmail.example/privacy',
          },
          {
            documentId: 'cookies',
            content: '<article><h1>Cookies</h1><p>We set one cookie.</p></article>',
            location: 'https://www.larkmail.example/cookies',
          },
        ],
      },
      {
        serviceId: 'Larkmail',
        termsType: TERMS,
        date: '2024-06-01T08:00:00Z',
        content:
          '# Terms\n\nYou may use Larkmail for free.\n\nWe may end the service at any time.\n\nDisputes are settled by binding arbitration.',
      },
      {
        serviceId: 'Larkmail',
        termsType: TERMS,
        date: '2024-06-01T08:00:00Z',
        isTechnicalUpgrade: true,
        content:
          'Terms\n=====\n\nYou may use Larkmail for free.\n\nWe may end the service at any time.\n\nDisputes are settled by binding arbitration.',
      },
      {
        serviceId: 'Ferry & Sons!',
        termsType: TERMS,
        date: '2024-07-01T08:00:00Z',
        content: '# Überfahrt\n\nTickets are valid for one crossing. <script>alert(1)</script>',
        snapshots: [{ content: '%PDF-1.7 fictional', mimeType: 'application/pdf' }],
      },
      {
        serviceId: 'Larkmail',
        termsType: TERMS,
        date: '2025-02-03T08:00:00Z',
        content:
          'Terms\n=====\n\nYou may use Larkmail for ten euros a year.\n\nDisputes are settled by binding arbitration.',
      },
    ],
  },
  {
    id: 'lighthouse',
    name: 'Lighthouse',
    kind: 'mirrored',
    schedule: '15 * * * *',
    declarations: {
      larkmail: {
        name: 'Larkmail',
        terms: { [TERMS]: { fetch: 'https://WWW.larkmail.example:443/terms/#top', select: 'body' } },
      },
      Gullnet: { name: 'Gullnet', terms: { [PRIVACY]: { fetch: 'https://gullnet.example/privacy', select: 'body' } } },
    },
    records: [
      {
        serviceId: 'larkmail',
        termsType: TERMS,
        date: '2024-02-01T09:30:00Z',
        content: '# Terms\n\nYou may use Larkmail for free.\n\nWe may end the service at any time.',
        snapshots: [],
      },
      {
        serviceId: 'Gullnet',
        termsType: PRIVACY,
        date: '2024-03-01T09:30:00Z',
        content: '# Privacy of Gullnet\n\nWe sell nothing.',
        snapshots: [],
      },
      {
        serviceId: 'Gullnet',
        termsType: PRIVACY,
        date: '2025-03-01T09:30:00Z',
        content: '# Privacy of Gullnet\n\nWe sell what you give us to partners.',
        snapshots: [],
      },
    ],
  },
];
