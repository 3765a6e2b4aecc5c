import type { TestCollection, TestRecord } from '../small-collections.ts';
import { formSource } from './form-fixtures.ts';

const TERMS = 'Terms of Service';
const DAY = 86_400_000;

// Names that mean nothing anywhere else, so that each is a hint wherever it is found.
const CHANGED = ['amberquill', 'brindlewood', 'coppermoth', 'dovetailer', 'emberlyric', 'fennelgate', 'gossamerly'];
const QUIET = ['hollowreed', 'ivorythatch', 'juniperlane', 'kestrelpost', 'lanternfig', 'marrowstone'];
/** Terms of two services stand at one host. */
const SHARED = ['nettlefold', 'nettlewick'];
const SHARED_HOST = 'oakumdrift.test';
const ELSEWHERE = [
  ...['pebblewharf', 'quincewood', 'russetvale', 'saffronmoor', 'thistledown', 'umberfield', 'velvetmarsh'],
  ...['willowspan', 'yarrowkiln', 'zephyrcote', 'almondhithe', 'bramblehurst', 'cinderbrook', 'dapplegrove'],
  ...['elderflint', 'foxgloveend', 'gorsebank', 'heronshaw'],
];

export const SERVICE_IDS: readonly string[] = [...CHANGED, ...QUIET, ...SHARED];

/** Those with a form by which somebody agrees to terms. */
export const FORMS: readonly string[] = ['pebblewharf', 'amberquill', 'hollowreed', 'emberlyric'].map(
  (name) => `join.${name}.test`,
);

/**
 * Fifty hosts, in the order of the visits: of services that changed and below them, of unchanged ones, of two services together,
 * of nobody's, with forms.
 */
export const VISITS: readonly string[] = [
  ...CHANGED.flatMap((name) => [`${name}.test`, `accounts.${name}.test`]),
  ...QUIET.flatMap((name) => [`www.${name}.test`, `${name}.test`]),
  ...[SHARED_HOST, `de.${SHARED_HOST}`],
  ...ELSEWHERE.map((name) => `${name}.test`),
  ...FORMS,
];

// With a picture for the tab: Chromium asks the site for one otherwise, at any later time.
const HEAD = '<!doctype html><html lang="en"><title>A site</title><link rel="icon" href="data:,">';
/** What sites answer, and those with a form. */
export const SITE = `${HEAD}<h1>A site</h1></html>`;
export const FORM = `${HEAD}${formSource('sign-up')}</html>`;

/** The services of these sites; of those that changed, three days before. */
export function fiftySitesCollection(now = Date.now()): TestCollection {
  const at = (days: number): string => `${new Date(now - days * DAY).toISOString().slice(0, 19)}Z`;
  const placeOf = (id: string): string => (SHARED.includes(id) ? `${SHARED_HOST}/${id}` : `${id}.test/terms`);
  return {
    id: 'harbour',
    name: 'Harbour',
    isDefault: true,
    declarations: Object.fromEntries(
      SERVICE_IDS.map((id) => [
        id,
        { name: id, terms: { [TERMS]: { fetch: `https://${placeOf(id)}`, select: 'main' } } },
      ]),
    ),
    records: [
      ...SERVICE_IDS.map((id) => termsOf(id, at(200), 'We keep your letters for thirty days.')),
      ...[...CHANGED, ...SHARED].map((id) => changedTerms(id, at(3))),
    ],
  };
}

/** Terms by which people are told of a change. */
export const changedTerms = (serviceId: string, date: string, years = 10): TestRecord =>
  termsOf(serviceId, date, `We keep your letters for ${years} years. Disputes are settled by binding arbitration.`);

const termsOf = (serviceId: string, date: string, clause: string): TestRecord => ({
  ...{ serviceId, termsType: TERMS, date, content: `# Terms\n\nYou may use this service for free.\n\n${clause}` },
  snapshots: [],
});
