import { html } from 'hono/html';
import type { ChangeInterval, ClauseHistory, ClauseLife } from '../../api/contract.ts';
import { findCollection } from '../../api/find.ts';
import { ofSameTerms } from '../../api/same-terms-version.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';

/** “Stood from 12 March 2021 to 3 July 2023”, “In force since 12 March 2021”. */
export function lifeSentence({ t, format }: Pick<PageContext, 't' | 'format'>, life: ClauseLife): string {
  const from = format.day(life.appeared.by);
  return life.disappeared === null
    ? t('clause.inForce', { from })
    : t('clause.stood', { from, until: format.day(life.disappeared.by) });
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
