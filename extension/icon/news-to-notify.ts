import type { RecentAlert } from '../../server/api/contract.ts';

/** What notifications were made of so far; kept in `storage.local`. */
export interface Notified {
  /** Ids of versions whose alerts were told of, or need not be any more. */
  readonly ids: readonly string[];
  /** When the last digest was shown, or notifications were turned on. ISO 8601. */
  readonly digestAt: string;
}

/** What there is of a service that was visited or chosen. */
export interface NotableService {
  readonly key: string;
  readonly alerts: readonly RecentAlert[];
  /** Of these. */
  readonly unread: readonly RecentAlert[];
}

export interface ToNotify {
  readonly services: readonly { readonly key: string; readonly alerts: readonly RecentAlert[] }[];
  readonly notified: Notified;
}

const WEEK = 7 * 86_400_000;

/**
 * What to make notifications of: each unread change once, at once or with others after a week. What is unread when they are turned
 * on is not told of: the person knows of it, or can see it.
 *
 * @param notified undefined: they were just turned on
 */
export function newsToNotify(
  services: readonly NotableService[],
  rhythm: 'each' | 'weekly',
  notified: Notified | undefined,
  now: Date,
): ToNotify {
  const idsOf = (alerts: readonly RecentAlert[]) => alerts.map(({ id }) => id);
  const unread = services.flatMap((service) => idsOf(service.unread));
  if (!notified) return { services: [], notified: { ids: unread, digestAt: now.toISOString() } };
  const isEarly = rhythm === 'weekly' && now.getTime() - Date.parse(notified.digestAt) < WEEK;
  const known = new Set(notified.ids);
  const told = services
    .map(({ key, unread }) => ({ key, alerts: isEarly ? [] : unread.filter(({ id }) => !known.has(id)) }))
    .filter(({ alerts }) => alerts.length > 0);
  // Who marks something unread again is not told of it once more: what is still recent stays noted.
  const recent = new Set(services.flatMap((service) => idsOf(service.alerts)));
  const ids = [...notified.ids.filter((id) => recent.has(id)), ...told.flatMap(({ alerts }) => idsOf(alerts))];
  return { services: told, notified: { ids, digestAt: told.length > 0 ? now.toISOString() : notified.digestAt } };
}
