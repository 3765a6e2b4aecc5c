import { html } from 'hono/html';
import type { AnalysisOverlay, Change } from '../../api/contract.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';

const nameOf = ({ collection, serviceId, termsType, id }: Change, versionId = id): string =>
  JSON.stringify([collection, serviceId, termsType, versionId]);

/** Of the changes of a list, when one was withdrawn by another of them. */
export function takenBackAmong(changes: readonly Change[]): (change: Change) => string | undefined {
  const dates = new Map(
    changes.flatMap((change) =>
      (change.analysis?.undoes ?? []).map(({ versionId }) => [nameOf(change, versionId), change.fetchDate] as const),
    ),
  );
  return (change) => dates.get(nameOf(change));
}

/**
 * What else is known: dates that the change brought, what it withdraws, how it was told.
 *
 * @param takenBack when a later change withdrew it
 */
export function changeNotes(page: PageContext, change: Change, takenBack: string | undefined): Html | '' {
  const { t, format, to } = page;
  const { analysis } = change;
  if (!analysis) return change.previousId === null ? '' : html`<p class="change-notes">${t('change.pending')}</p>`;
  const notes: (Html | string)[] = [
    ...analysis.statedDates.map(({ date, kind }) => t(`change.${kind}`, { date: format.day(date) })),
    ...analysis.undoes.map(
      ({ versionId, fetchDate }) =>
        html`<a href="${to.version({ ...change, id: versionId })}">${isSameDay(page, fetchDate, change.fetchDate) ? t('change.undoesSameDay') : t('change.undoes', { date: format.day(fetchDate) })}</a>`,
    ),
    ...(takenBack === undefined
      ? []
      : [
          isSameDay(page, takenBack, change.fetchDate)
            ? t('change.takenBackSameDay')
            : t('change.takenBack', { date: format.day(takenBack) }),
        ]),
    ...(analysis.overlay ? [overlayNote(page, change, analysis.overlay)] : []),
    ...(analysis.state === 'suspect' ? [t('change.suspect')] : []),
    ...(analysis.state === 'persisting' ? [t('change.persisting')] : []),
    ...(analysis.state === 'reverted' ? [t('change.reverted')] : []),
  ];
  if (notes.length === 0) return '';
  return html`<p class="change-notes">${notes.map((note, place) => html`${place > 0 ? ' · ' : ''}${note}`)}</p>`;
}

const isSameDay = ({ format }: PageContext, one: string, other: string): boolean =>
  format.day(one) === format.day(other);

/** How it was told; of a second fetch on the day of the first one, the day is not said again. */
function overlayNote({ t, format }: PageContext, { fetchDate }: Change, { kind, date }: AnalysisOverlay): string {
  const day = format.day(date);
  return kind === 'confirmed' && day === format.day(fetchDate)
    ? t('overlay.confirmedThen')
    : t(`overlay.${kind}`, { date: day });
}
