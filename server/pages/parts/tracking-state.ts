import { html } from 'hono/html';
import type { TrackingFailure, TrackingState } from '../../api/contract.ts';
import { DAY } from '../day.ts';
import type { Html } from '../frame.ts';
import type { MessageKey } from '../messages.ts';
import type { PageContext } from '../page-context.ts';

type Worded = Pick<PageContext, 't' | 'format' | 'now'>;

/** How tracking stands, in words: “checked 2 hours ago, unchanged since 3 May 2024”, “failing for 3 days: …”. */
export function trackingState(page: Worded, tracking: TrackingState): Html {
  return html`<span class="tracking tracking-${tracking.state}">${words(page, tracking)}</span>`;
}

/** The same as plain text. */
export const trackingWords = (page: Worded, tracking: TrackingState): string => words(page, tracking);

function words(page: Worded, tracking: TrackingState): string {
  const { t, format, now } = page;
  const { state, lastCheck, unchangedSince, failingSince, failures } = tracking;
  const unchanged = unchangedSince === null ? '' : t('tracking.unchangedSince', { date: format.day(unchangedSince) });
  const joined = (...parts: string[]): string => parts.filter((part) => part !== '').join(t('tracking.join'));
  if (state === 'failing') {
    const days = failingSince === null ? 0 : Math.floor((now.getTime() - Date.parse(failingSince)) / DAY);
    const failing = t('tracking.failing', { days });
    const [first] = failures;
    return first === undefined ? failing : t('tracking.because', { state: failing, reason: failureWords(page, first) });
  }
  if (state === 'ok' && lastCheck !== null) {
    return joined(t('tracking.checked', { ago: format.ago(lastCheck, now) }), unchanged);
  }
  return joined(t(OTHERWISE[state]), unchanged);
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
