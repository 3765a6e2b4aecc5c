import { toldAt } from '../news/news-of-service.ts';
import type { ServiceNews } from '../news/news-types.ts';
import { element } from './element.ts';
import type { Reading } from './reading.ts';

/** When a service was last looked at before now: `undefined`, never; `null`, it was only chosen. ISO 8601. */
export type LookedAt = string | null | undefined;

type Asked = Omit<Reading, 'addresses'>;

/** What is tracked of a service and since when, and what is new since somebody looked. */
export function coverageView(service: ServiceNews, lookedAt: LookedAt, { words, now }: Asked): HTMLElement {
  const look = lookOf(service, lookedAt, { words, now });
  return element('div', { class: 'coverage' }, [
    element('p', {}, [coverageOf(service, { words, now })]),
    look === undefined ? undefined : element('p', {}, [look]),
  ]);
}

function coverageOf({ documents }: ServiceNews, { words }: Asked): string {
  const [since] = documents.flatMap(({ since }) => since ?? []).toSorted();
  return since === undefined
    ? words('coverage_no_records')
    : words('coverage_documents', { count: documents.length, date: words.day(since) });
}

function lookOf({ documents, standing }: ServiceNews, lookedAt: LookedAt, { words, now }: Asked): string | undefined {
  if (standing === 'muted') return words('coverage_muted');
  if (lookedAt === undefined) return words('coverage_first_look');
  if (lookedAt === null) return undefined;
  const isThisYear = lookedAt.slice(0, 4) === now.toISOString().slice(0, 4);
  const date = isThisYear ? words.shortDay(lookedAt) : words.day(lookedAt);
  const isSince = Date.parse(lookedAt);
  const alerts = documents.flatMap(({ alerts }) => alerts);
  const count = alerts.filter((alert) => alert.undoneOn === undefined && toldAt(alert) > isSince).length;
  return count > 0 ? words('coverage_since_look', { count, date }) : words('coverage_nothing_since_look', { date });
}
