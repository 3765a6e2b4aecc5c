import { html } from 'hono/html';
import { toTrackingState } from '../../api/answers/tracking.ts';
import type { TrackingFailure, TrackingState } from '../../api/contract.ts';
import type { FoundTerms } from '../../api/find.ts';
import { DAY } from '../day.ts';
import type { Html } from '../frame.ts';
import type { MessageKey } from '../messages.ts';
import type { PageContext } from '../page-context.ts';
import { lastVersionOf } from '../record-end.ts';

type Worded = Pick<PageContext, 't' | 'format' | 'now'>;

/** How the tracking of terms stands, with what of the records bears upon it. */
export interface Standing extends TrackingState {
  /** Of the latest version where that is a technical upgrade: the text was recorded anew, which is no change of it. */
  readonly upgradedAt?: Date | undefined;
  /** Of the latest version of the whole collection, where nobody here knows of its checks. */
  readonly collectionUntil?: Date | undefined;
  /** The page says by itself that these are records of a mirror, and until when. */
  readonly isMirrorSaid?: boolean | undefined;
}

/** Reads how the tracking of terms stands. @throws IndexUnavailableError */
export function standingOf(now: Date, found: FoundTerms): Standing {
  const { reader, serviceId, termsType, collection } = found;
  const latest = reader.latestVersion(serviceId, termsType);
  return {
    ...toTrackingState(found),
    upgradedAt: latest?.isTechnicalUpgrade ? latest.fetchDate : undefined,
    collectionUntil: collection.kind === 'mirrored' ? lastVersionOf(collection, now) : undefined,
  };
}

/** How tracking stands, in words: “checked 2 hours ago, unchanged since 3 May 2024”, “failing for 3 days: …”. */
export function trackingState(page: Worded, tracking: Standing): Html {
  return html`<span class="tracking tracking-${tracking.state}">${trackingWords(page, tracking)}</span>`;
}

/** The same as plain text. Only checks tell that a text has stayed as it is; records alone tell what they hold. */
export function trackingWords(page: Worded, tracking: Standing): string {
  const { t, format, now } = page;
  const { state, lastCheck, unchangedSince, failingSince, failures } = tracking;
  const dated = (key: MessageKey, date: Date | string | null | undefined): string =>
    date === null || date === undefined ? '' : t(key, { date: format.day(date) });
  const joined = (...parts: string[]): string => parts.filter((part) => part !== '').join(t('tracking.join'));
  const upgraded = dated('tracking.upgraded', tracking.upgradedAt);
  if (state === 'failing') {
    const days = failingSince === null ? 0 : Math.floor((now.getTime() - Date.parse(failingSince)) / DAY);
    const failing = t('tracking.failing', { days });
    const [first] = failures;
    return first === undefined ? failing : t('tracking.because', { state: failing, reason: failureWords(page, first) });
  }
  if (state === 'ok' && lastCheck !== null) {
    return joined(
      t('tracking.checked', { ago: format.ago(lastCheck, now) }),
      dated('tracking.unchangedSince', unchangedSince),
      upgraded,
    );
  }
  const recorded = [dated('tracking.textRecorded', unchangedSince), upgraded].filter((part) => part !== '');
  // Beside terms of the same service it need not be said again and again.
  const isBrief = tracking.isMirrorSaid === true && recorded.length > 0;
  return joined(
    isBrief ? '' : t(OTHERWISE[state]),
    ...recorded,
    isBrief ? '' : dated('tracking.collectionUntil', tracking.collectionUntil),
  );
}

const OTHERWISE: Readonly<Record<TrackingState['state'], MessageKey>> = {
  ok: 'tracking.unchecked',
  failing: 'tracking.unchecked',
  unchecked: 'tracking.unchecked',
  'not-declared': 'tracking.notDeclared',
  unknown: 'tracking.mirrored',
};

/** Reasons that every reader knows in the own language; what else there may be is told as it was noted. */
const REASONS: Readonly<Record<string, MessageKey>> = {
  'fetch blocked': 'failure.blocked',
  'fetch not-found': 'failure.notFound',
  'fetch timeout': 'failure.timeout',
  'fetch network': 'failure.network',
  'fetch server': 'failure.server',
  'fetch too-large': 'failure.tooLarge',
  'fetch forbidden-address': 'failure.forbiddenAddress',
  'fetch unsupported-type': 'failure.unsupportedType',
  'extract no-match': 'failure.noMatch',
  'extract empty': 'failure.empty',
  'extract unreadable': 'failure.unreadable',
};

/** Why a source document could not be fetched or extracted, in a few words. */
export function failureWords(
  { t }: Pick<PageContext, 't'>,
  failure: Pick<TrackingFailure, 'stage' | 'reason' | 'message'>,
): string {
  return failureReason({ t }, failure.stage, failure.reason) ?? failure.message;
}

/** undefined: a reason that this release does not know. */
export function failureReason({ t }: Pick<PageContext, 't'>, stage: string, reason: string): string | undefined {
  const key = REASONS[`${stage} ${reason}`];
  return key === undefined ? undefined : t(key);
}
