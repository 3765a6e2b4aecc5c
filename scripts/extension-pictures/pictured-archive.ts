import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { openRecords } from '../../archive/git/records-archive.ts';
import { demoServices, readDemoDocuments } from '../demo/catalogue.ts';
import { applyChange, scriptedChanges } from '../demo/changes.ts';

const DAY_MS = 86_400_000;

/** Terms of the demo's services, at hosts that resolve in no network, each with its text. */
const TERMS: readonly {
  readonly document: string;
  readonly service: string;
  readonly type: string;
  readonly at: string;
}[] = [
  { document: 'Larkmail/terms', service: 'Larkmail', type: 'Terms of Service', at: 'larkmail.example/terms' },
  { document: 'Larkmail/privacy', service: 'Larkmail', type: 'Privacy Policy', at: 'larkmail.example/privacy' },
  {
    document: 'Larkmail/assistant',
    service: 'Larkmail',
    type: 'Acceptable Use Policy',
    at: 'larkmail.example/assistant',
  },
  { document: 'Kistentausch/agb', service: 'Kistentausch', type: 'Terms of Service', at: 'kistentausch.example/agb' },
  {
    document: 'Kistentausch/datenschutz',
    service: 'Kistentausch',
    type: 'Privacy Policy',
    at: 'kistentausch.example/datenschutz',
  },
  {
    document: 'Nimbo Viajes/condiciones-generales',
    service: 'Nimbo Viajes',
    type: 'Terms of Service',
    at: 'nimboviajes.example/legal',
  },
  {
    document: 'Nimbo Viajes/privacidad',
    service: 'Nimbo Viajes',
    type: 'Privacy Policy',
    at: 'nimboviajes.example/privacidad',
  },
  {
    document: 'Telebrume/conditions',
    service: 'Telebrume',
    type: 'General Conditions of Sale',
    at: 'telebrume.example/conditions',
  },
  {
    document: 'Telebrume/confidentialite',
    service: 'Telebrume',
    type: 'Privacy Policy',
    at: 'telebrume.example/confidentialite',
  },
];

/** Of the demo's changes those that are recorded, by their place, and how many days ago each came. */
const CHANGES: readonly (readonly [place: number, daysAgo: number])[] = [
  [6, 190],
  [8, 44],
  [1, 26],
  [2, 19],
  [12, 12],
  [4, 8],
  [0, 3],
  [3, 1],
];
const FIRST_DAYS_AGO = 580;

/** Where several services share an account, as on many a real site. */
export const SHARED_HOST = 'konto.nordkai.example';

/**
 * Writes a small collection of the demo's services with records of a year and a half, in Open Terms Archive's layout.
 *
 * @throws Error where it cannot be written
 */
export async function writePicturedArchive(directory: string, now: Date): Promise<void> {
  await mkdir(join(directory, 'declarations'), { recursive: true });
  await writeFile(
    join(directory, 'metadata.yml'),
    stringify({
      id: 'harbour',
      name: 'Harbour Watch',
      tagline: 'Fictional services',
      languages: ['en', 'de', 'es', 'fr'],
      jurisdictions: ['EU'],
    }),
  );
  await writeFile(
    join(directory, 'domains.yml'),
    stringify({ [SHARED_HOST]: ['Kistentausch', 'Larkmail', 'Telebrume'] }),
  );
  for (const { id, name } of demoServices) {
    const terms = TERMS.filter(({ service }) => service === id);
    const declared = terms.map(({ type, at }) => [type, { fetch: `https://${at}`, select: 'main' }] as const);
    await writeFile(
      join(directory, 'declarations', `${id}.json`),
      JSON.stringify({ name, terms: Object.fromEntries(declared) }),
    );
  }
  await record(join(directory, 'data'), now);
}

async function record(data: string, now: Date): Promise<void> {
  await mkdir(data, { recursive: true });
  const archive = await openRecords({
    snapshotsDirectory: join(data, 'snapshots'),
    versionsDirectory: join(data, 'versions'),
    author: { name: 'Pictures', email: 'pictures@clausewatch.example' },
    engineVersion: 'clausewatch/pictures',
    create: true,
    groupDelay: 5,
  });
  const documents = new Map((await readDemoDocuments()).map((document) => [document.key, document]));
  const write = async (key: string, daysAgo: number): Promise<void> => {
    const terms = TERMS.find(({ document }) => document === key);
    const text = documents.get(key)?.text;
    if (!terms || text === undefined) throw new Error(`The pictures show no document ${key}: see TERMS.`);
    // On whole seconds, as git has them.
    const fetchDate = new Date(Math.floor((now.getTime() - daysAgo * DAY_MS) / 1000) * 1000);
    const common = { serviceId: terms.service, termsType: terms.type, fetchDate };
    const { record: snapshot } = await archive.recordSnapshot({
      ...common,
      documentId: undefined,
      mimeType: 'text/html',
      content: Buffer.from(`<main>${text}</main>`),
      fetcher: 'htmlOnly',
      location: `https://${terms.at}`,
    });
    await archive.recordVersion({ ...common, snapshotIds: [snapshot.id], content: text, isTechnicalUpgrade: false });
  };
  try {
    for (const [place, { document }] of TERMS.entries()) await write(document, FIRST_DAYS_AGO - place);
    for (const [place, daysAgo] of CHANGES) {
      const change = scriptedChanges[place];
      const before = documents.get(change?.document ?? '');
      if (!change || !before) throw new Error(`The demo has no change ${place}: see scripts/demo/changes.ts.`);
      documents.set(before.key, applyChange(before, change));
      await write(before.key, daysAgo);
    }
  } finally {
    await archive.close();
  }
}
