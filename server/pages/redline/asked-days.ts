import { html } from 'hono/html';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { recordEnds } from '../parts/record-ends.ts';
import type { Compared, ComparedVersion } from './compared.ts';
import type { RedlineQuery } from './redline-query.ts';

/**
 * Which versions stood on the days that a reader asked for, where those are not the days of the versions. An address may
 * claim anything: only what the records bear is said.
 */
export function askedDays(page: PageContext, { before, after }: Compared, { from, to }: RedlineQuery): Html | '' {
  const sentences = [stoodOn(page, before, from), stoodOn(page, after, to)].filter((one) => one !== '');
  if (sentences.length === 0) return '';
  const isAtEnd = to !== undefined && to > after.version.fetchDate;
  return html`<div class="notice" role="note"><p>${sentences.join(' ')}</p>${isAtEnd ? recordEnds(page, [after.collection], to) : ''}</div>`;
}

function stoodOn({ t, format }: PageContext, { version, collection }: ComparedVersion, date: Date | undefined): string {
  if (date === undefined || format.day(date) === format.day(version.fetchDate)) return '';
  const then = collection.index().versionAt(version.serviceId, version.termsType, date);
  if (then?.seq !== version.seq) return '';
  return t('redline.stoodOn', { date: format.day(date), version: format.day(version.fetchDate) });
}
