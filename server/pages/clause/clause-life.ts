import { html } from 'hono/html';
import type { ChangeInterval, ClauseHistory, ClauseLife } from '../../api/contract.ts';
import { findCollection } from '../../api/find.ts';
import { ofSameTerms } from '../../api/same-terms-version.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { termsEnd } from '../record-end.ts';

/** Whose clause it is. */
export type ClauseTerms = Pick<ClauseHistory, 'collection' | 'serviceId' | 'termsType'>;

/**
 * “Stood from 12 March 2021 to 3 July 2023”, “In force since 12 March 2021, last seen on …”. Where no check tells that it
 * still stands, it says which version does; what was in the first record may have been there before.
 */
export function lifeSentence({ t, format, deps }: PageContext, terms: ClauseTerms, life: ClauseLife): string {
  const { appeared, disappeared } = life;
  const from = { from: format.day(appeared.by), first: appeared.after === null ? 'yes' : 'no' };
  if (disappeared !== null) return t('clause.stood', { ...from, until: format.day(disappeared.by) });
  const collection = findCollection(deps.collections, terms.collection);
  const end = termsEnd(collection, collection.index(), terms);
  return end?.basis === 'checks'
    ? t('clause.inForce', { ...from, until: format.day(end.date) })
    : t('clause.inLatest', { ...from, latest: format.day(end?.date ?? appeared.by) });
}

/** Times in between in which the clause was not there. */
export function absences({ t, format }: PageContext, { absences: all }: ClauseLife): Html | '' {
  if (all.length === 0) return '';
  return html`<ul class="muted">${all.map(
    ({ from, until }) =>
      html`<li>${t('clause.absent', { from: format.day(from.by), until: format.day(until.by) })}</li>`,
  )}</ul>`;
}

/** When it appeared or went as exactly as it is known, how that is known, and the change that brought it. */
export function intervalSentence(
  page: PageContext,
  history: ClauseHistory,
  interval: ChangeInterval,
  what: 'appeared' | 'gone',
): Html {
  const { t, format } = page;
  const by = format.moment(interval.by);
  const sentence =
    interval.after === null
      ? t('clause.appearedFirst', { by })
      : t(what === 'appeared' ? 'clause.appearedBetween' : 'clause.goneBetween', {
          after: format.moment(interval.after),
          by,
        });
  const notes = [
    ...(interval.basis === 'first-record'
      ? []
      : [t(interval.basis === 'checks' ? 'clause.basisChecks' : 'clause.basisRecords')]),
    ...(interval.gap ? [t('clause.gap', { days: interval.gap.days })] : []),
  ];
  return html`${sentence}${notes.length > 0 ? html` <span class="muted">(${notes.join('; ')})</span>` : ''}. ${links(page, history, interval)}${
    interval.isTechnicalUpgrade ? html` <span class="muted">${t('clause.upgrade')}</span>` : ''
  }`;
}

/** To the version with which it was seen, and to the redline against the version before. */
function links({ t, to, deps }: PageContext, history: ClauseHistory, { versionId }: ChangeInterval): Html | '' {
  const collection = findCollection(deps.collections, history.collection);
  const reader = collection.index();
  const version = ofSameTerms(reader, versionId, history);
  if (!version) return '';
  const before = reader.versionBefore(version);
  const address = (one: { readonly serviceId: string; readonly termsType: string; readonly id: string }) => ({
    collection: collection.id,
    serviceId: one.serviceId,
    termsType: one.termsType,
    id: one.id,
  });
  return html`<a href="${to.version(address(version))}">${t('clause.version')}</a>${
    before ? html`, <a href="${to.redline(address(before), address(version))}">${t('clause.change')}</a>` : ''
  }`;
}
