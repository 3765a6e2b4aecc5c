import { join } from 'node:path';
import type { IndexedVersion } from '../../archive/index/indexed-record.ts';
import { openIndexReader } from '../../archive/index/open-reader.ts';
import { createAddresses, type VersionAddress } from '../../server/pages/addresses.ts';
import { generator, sizesOf } from './api-records.ts';

/** Pages of one kind. */
export interface PageKind {
  readonly name: string;
  /** Every one of them, the same in every run. */
  readonly paths: readonly string[];
  /** A page leads from these: they are answered with a redirect, and it is the page that counts. */
  readonly isLedTo?: boolean;
  /** As long as what it shows: not held to the goal for weight. */
  readonly isLong?: boolean;
  /** Goal in milliseconds for the median. Default: 30. */
  readonly goal?: number;
}

type Pair = readonly [VersionAddress, VersionAddress];

/** Each kind is sampled over the whole collection, and has the worst that are known of it. */
const SAMPLES = 40;
const WORST = 5;
const SEARCHES = [
  ...['privacy', 'data', 'the', 'arbitration', 'cookies', 'children', 'liability', 'you agree', 'law*', 'biometric'],
  ...['Datenschutz', 'résiliation', 'zeppelin', '"class action waiver"', 'arbitration OR mediation -waiver'],
];

/**
 * Addresses of every kind of page.
 *
 * @param data holds `versions` and the index.
 */
export async function choosePages(data: string, collection: string): Promise<readonly PageKind[]> {
  const reader = openIndexReader(join(data, 'index.sqlite'));
  const to = createAddresses('', 'en');
  const random = generator(20261123);
  const pick = <One>(of: readonly One[]): One[] =>
    Array.from({ length: SAMPLES }, () => of[Math.floor(random() * of.length)]).filter((one) => one !== undefined);
  const addressOf = ({ serviceId, termsType, id }: IndexedVersion): VersionAddress => ({
    collection,
    serviceId,
    termsType,
    id,
  });
  const redlineOf = (version: IndexedVersion): Pair[] => {
    const former = reader.versionBefore(version);
    return former ? [[addressOf(former), addressOf(version)]] : [];
  };
  try {
    const all = reader.terms().filter(({ versions }) => versions > 0);
    const most = all.toSorted((a, b) => b.versions - a.versions).slice(0, WORST);
    const terms = [...pick(all), ...most].map(({ serviceId, termsType }) => ({ collection, serviceId, termsType }));
    const services = [...new Set(all.map(({ serviceId }) => serviceId))];
    const broadest = services.toSorted((a, b) => versionsOf(b) - versionsOf(a)).slice(0, WORST);
    const { versions: total } = reader.state();
    const versions = pick(Array.from({ length: total }, (_, place) => place + 2)).flatMap((before) =>
      reader.versions({}, { limit: 1, before }),
    );
    const latest = all.flatMap(({ serviceId, termsType }) => reader.latestVersion(serviceId, termsType) ?? []);
    const sizes = await sizesOf(
      data,
      latest.map(({ blob }) => blob),
    );
    const bySize = latest.map((version, place) => ({ version, bytes: sizes[place] ?? 0 }));
    const longest = bySize.toSorted((a, b) => b.bytes - a.bytes).slice(0, WORST);
    const large = bySize.filter(({ bytes }) => bytes > 250_000 && bytes < 400_000).map(({ version }) => version);
    const changes = versions.flatMap(redlineOf);
    const farApart = terms.slice(0, SAMPLES).flatMap(({ serviceId, termsType }) => {
      const [first, last] = [reader.firstVersion(serviceId, termsType), reader.latestVersion(serviceId, termsType)];
      return first && last && first.id !== last.id ? [[addressOf(first), addressOf(last)] as const] : [];
    });
    const largePairs = large.flatMap((version) => {
      const yearBefore = new Date(version.fetchDate.getTime() - 365 * 86_400_000);
      const former = reader.versionAt(version.serviceId, version.termsType, yearBefore);
      const year: Pair[] = former && former.id !== version.id ? [[addressOf(former), addressOf(version)]] : [];
      return [...year, ...redlineOf(version)];
    });
    const days = pick(versions).map(({ fetchDate }) => fetchDate.toISOString().slice(0, 10));
    const years = terms.map((one) => to.terms(one, { year: 2022 }));
    return [
      {
        name: 'start',
        paths: [
          to.start(),
          to.start({ show: 'everything' }),
          ...['data/sharing', 'ai/training', 'disputes/arbitration'].map((topic) => to.start({ topic })),
          ...pick(services).map((service) => to.start({ service })),
          ...days.map((until) => to.start({ until, show: 'everything' })),
        ],
      },
      {
        name: 'services',
        paths: [to.services(), ...['face', 'a', 'google'].map((name) => to.services({ name }))],
      },
      { name: 'service', paths: [...pick(services), ...broadest].map((id) => to.service(collection, id)) },
      { name: 'terms', paths: terms.map((one) => to.terms(one)) },
      { name: 'terms, everything', paths: terms.map((one) => to.terms(one, { show: 'everything' })) },
      { name: 'terms, one year', paths: years },
      { name: 'checks', paths: terms.map((one) => to.checks(one)) },
      { name: 'version', paths: versions.map((version) => to.version(addressOf(version))) },
      {
        name: 'longest versions',
        paths: longest.map(({ version }) => to.version(addressOf(version))),
        isLong: true,
        goal: 150,
      },
      {
        name: 'version on a day',
        paths: versions.map((version) => {
          const { serviceId, termsType, fetchDate } = version;
          return `${to.versionAt({ collection, serviceId, termsType })}?date=${fetchDate.toISOString()}`;
        }),
        isLedTo: true,
      },
      { name: 'redline of a change', paths: changes.map((pair) => to.redline(...pair)) },
      {
        name: 'redline of a change, side by side, all of it',
        paths: changes.map((pair) => to.redline(...pair, { view: 'side', show: 'all' })),
        isLong: true,
      },
      {
        name: 'redline of the first and the latest version',
        paths: farApart.map((pair) => to.redline(...pair)),
        isLong: true,
      },
      {
        name: 'redline of 250 to 400 KB',
        paths: largePairs.map((pair) => to.redline(...pair)),
        isLong: true,
        goal: 150,
      },
      { name: 'reasons of a judgement', paths: changes.map(([, version]) => to.analysis(version)) },
      {
        name: 'life of a clause',
        paths: pick(latest).map((version) => to.paragraph(addressOf(version), 3)),
        isLedTo: true,
      },
      { name: 'search', paths: [to.search(), ...SEARCHES.map((q) => to.search({ q }))] },
      {
        name: 'comparison',
        paths: [
          to.compare(),
          to.compare({ type: 'Privacy Policy' }),
          to.compare({ type: 'Privacy Policy', q: '"machine learning"' }),
          to.compare({ type: 'Terms of Service', q: 'arbitration' }),
          to.compare({ type: 'Terms of Service', topic: 'disputes/arbitration' }),
          to.compare({ topic: 'data/sharing' }),
        ],
      },
      { name: 'collection', paths: [to.collection(collection)] },
      { name: 'health', paths: [to.health()] },
      { name: 'lists, about, privacy', paths: [to.lists(), to.about(), to.privacy()] },
      { name: 'API docs and feeds', paths: [to.outside('/api/docs'), to.outside('/feeds')] },
    ];
    function versionsOf(serviceId: string): number {
      return all.reduce((sum, one) => (one.serviceId === serviceId ? sum + one.versions : sum), 0);
    }
  } finally {
    reader.close();
  }
}
