import { html } from 'hono/html';
import type { TrackingFailure, TrackingState } from '../../api/contract.ts';
import type { FoundTerms } from '../../api/find.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { outsideLink } from '../parts/outside-link.ts';
import type { TimelineMonth } from '../parts/timeline-facts.ts';
import { failureWords, type Standing, trackingState } from '../parts/tracking-state.ts';

/** How these terms have been tracked: the proof that nothing else changed, or of when nobody could tell. */
export function trackingProof(
  page: PageContext,
  { collection, serviceId, termsType, recorded }: FoundTerms,
  tracking: Standing,
  months: readonly TimelineMonth[],
): Html {
  const { t, to, format } = page;
  const checks = checkSum(months);
  const moment = (date: string): Html => html`<time datetime="${date}">${format.moment(date)}</time>`;
  const fact = (name: string, value: Html | string): Html => html`<dt>${name}</dt><dd>${value}</dd>
`;
  return html`<section aria-labelledby="tracking">
<h2 id="tracking">${t('terms.tracking')}</h2>
<dl class="facts">
${fact(t('terms.state'), trackingState(page, tracking))}
${recorded?.firstDate ? fact(t('terms.recordedSince'), moment(recorded.firstDate.toISOString())) : ''}
${tracking.unchangedSince ? fact(t('terms.lastChange'), moment(tracking.unchangedSince)) : ''}
${tracking.lastCheck ? fact(t('terms.lastCheck'), moment(tracking.lastCheck)) : ''}
${tracking.lastSuccessfulCheck && tracking.lastSuccessfulCheck !== tracking.lastCheck ? fact(t('terms.lastSuccess'), moment(tracking.lastSuccessfulCheck)) : ''}
${checks.all > 0 ? fact(t('terms.checks'), html`<a href="${to.checks({ collection: collection.id, serviceId, termsType })}">${t('timeline.checks', { count: checks.all, failed: checks.failed })}</a>`) : ''}
${months.length > 0 ? fact(t('terms.gaps'), gaps(page, months)) : ''}
</dl>
${failures(page, tracking)}
${collection.kind === 'mirrored' ? html`<p class="muted">${t('terms.mirrored')}</p>` : ''}
</section>`;
}

function checkSum(months: readonly TimelineMonth[]): { readonly all: number; readonly failed: number } {
  let [all, failed] = [0, 0];
  for (const { checks } of months) {
    all += (checks?.succeeded ?? 0) + (checks?.failed ?? 0);
    failed += checks?.failed ?? 0;
  }
  return { all, failed };
}

/** The latest gaps are named; of more, how many there are. */
const MOST_GAPS = 6;

function gaps({ t, format }: PageContext, months: readonly TimelineMonth[]): string {
  const unseen = gapsOf(months).toReversed();
  const isChecked = months.every(({ checks }) => checks !== undefined);
  if (unseen.length === 0) return t(isChecked ? 'terms.noGaps' : 'terms.noGapsRecorded');
  const words = unseen.map(([from, until]) =>
    from === until ? format.month(from) : t('timeline.span', { from: format.month(from), until: format.month(until) }),
  );
  const further = words.length - MOST_GAPS;
  return format.list(further > 0 ? [...words.slice(0, MOST_GAPS), t('terms.moreGaps', { count: further })] : words);
}

/** First and last months of the stretches in which nothing was seen. */
export function gapsOf(months: readonly TimelineMonth[]): (readonly [string, string])[] {
  const found: [string, string][] = [];
  for (const [place, { month, isSeen }] of months.entries()) {
    if (isSeen) continue;
    const last = found.at(-1);
    if (last && months[place - 1]?.isSeen === false) last[1] = month;
    else found.push([month, month]);
  }
  return found;
}

/** Why the last check failed, document by document. */
function failures(page: PageContext, { state, failures: all }: TrackingState): Html | '' {
  if (state !== 'failing' || all.length === 0) return '';
  const item = (failure: TrackingFailure): Html =>
    html`<li>${failureWords(page, failure)}: ${outsideLink(failure.location)}<br><span class="muted" lang="en" dir="auto">${failure.message}</span></li>
`;
  return html`<div class="notice"><p>${page.t('terms.failing')}</p><ul>${all.map(item)}</ul></div>`;
}
