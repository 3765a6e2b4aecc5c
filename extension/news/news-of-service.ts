import type { RecentAlert, ServiceCoverage, TermsCoverage } from '../../server/api/contract.ts';
import type { ServiceMark, Settings } from '../state/settings-types.ts';
import type { DocumentNews, ServiceNews } from './news-types.ts';

const DAY = 86_400_000;

/** What is told about a service, of which everything else follows. */
export interface KnownOfService {
  readonly key: string;
  readonly coverage: ServiceCoverage;
  /** Of this service, in any order. */
  readonly alerts: readonly RecentAlert[];
  /** undefined: never looked at. */
  readonly mark: ServiceMark | undefined;
}

type TellingSettings = Pick<Settings, 'days' | 'topics' | 'mutedTypes' | 'mutedServices'>;

/** When people are told of an alert: milliseconds since 1970. */
export const toldAt = ({ toldAt, date }: RecentAlert): number => Date.parse(toldAt ?? date);

/**
 * A service's documents with what is unread of them.
 *
 * Unread is what is told after the moment that the mark names, was not known when the mark began, and was not read since; what was
 * withdrawn, is of a muted type, or of other topics than those chosen, is never unread. Of a service never looked at nothing is.
 */
export function newsOfService({ key, coverage, alerts, mark }: KnownOfService, settings: TellingSettings): ServiceNews {
  const isMuted = settings.mutedServices.includes(key);
  const read = new Set(mark?.read);
  const known = new Set(mark?.known);
  const after = mark ? Date.parse(mark.after) : Number.POSITIVE_INFINITY;
  const newestFirst = alerts.toSorted((a, b) => toldAt(b) - toldAt(a));
  const documents = documentTypes(coverage, newestFirst).map(([type, began, lastAlert]): DocumentNews => {
    const own = newestFirst.filter(({ termsType }) => termsType === type);
    const unread = own.filter(
      (alert) =>
        !isMuted &&
        isTold(alert, settings) &&
        toldAt(alert) > after &&
        !known.has(alert.id) &&
        !read.has(alert.id) &&
        concerns(alert, read),
    );
    return { key, type, since: began, lastAlert, alerts: own, unread };
  });
  return {
    key,
    collection: coverage.collection,
    serviceId: coverage.serviceId,
    name: coverage.name,
    documents: documents.toSorted(byNews),
    standing: isMuted ? 'muted' : mark ? 'known' : 'new',
  };
}

/** What only takes a change back is news for those alone who read of that change. */
const concerns = ({ undoes }: RecentAlert, read: ReadonlySet<string>): boolean =>
  undoes === undefined || undoes.some((id) => read.has(id));

/** Whether settings let an alert raise an icon, a badge or a notification. */
export const isTold = (alert: RecentAlert, { topics, mutedTypes }: Pick<Settings, 'topics' | 'mutedTypes'>): boolean =>
  alert.undoneOn === undefined &&
  !mutedTypes.includes(alert.termsType) &&
  (topics.length === 0 || alert.topics.some((topic) => topics.includes(topic)));

/** Those of its alerts that a dot tells of while nobody has looked at the service. */
export const newsWithoutLook = (
  { documents, standing }: ServiceNews,
  settings: TellingSettings,
  now: Date,
): readonly RecentAlert[] =>
  standing === 'new'
    ? documents.flatMap(({ alerts }) =>
        alerts.filter(
          (alert) =>
            alert.undoes === undefined &&
            isTold(alert, settings) &&
            toldAt(alert) > now.getTime() - settings.days * DAY,
        ),
      )
    : [];

/** The declared ones, and those that only alerts still name. */
function documentTypes(coverage: ServiceCoverage, alerts: readonly RecentAlert[]): readonly TermsCoverage[] {
  const known = new Set(coverage.terms.map(([type]) => type));
  const others = new Set(alerts.map(({ termsType }) => termsType).filter((type) => !known.has(type)));
  return [...coverage.terms, ...[...others].map((type): TermsCoverage => [type, null, null, 0])];
}

/** Unread first, then by the newest alert, then as declared. */
function byNews(a: DocumentNews, b: DocumentNews): number {
  const unread = Math.sign(b.unread.length) - Math.sign(a.unread.length);
  return unread || newest(b) - newest(a);
}

function newest({ alerts, lastAlert }: DocumentNews): number {
  const [first] = alerts;
  if (first) return toldAt(first);
  return lastAlert === null ? 0 : Date.parse(lastAlert);
}
