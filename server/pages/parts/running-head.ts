import { html } from 'hono/html';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';

/** A record that a page shows, as every printed sheet of it names it. */
export interface PrintedRecord {
  /** “Before” */
  readonly name: string;
  readonly date: Date;
  readonly id: string;
  /** Where its source documents were fetched; empty where nobody noted it. */
  readonly locations: readonly string[];
  /** They are only declared: the record does not note them. */
  readonly areLocationsDeclared: boolean;
}

/** More of them would take the sheet; they all stand at the beginning of the first one. */
const LOCATIONS_ON_EACH_SHEET = 2;

/**
 * What is repeated at the top of every printed sheet, so that a single one says what it is of: title, and date, id and
 * source of each record. Not shown in a window.
 */
export const runningHead = (page: PageContext, title: string, records: readonly PrintedRecord[] = []): Html =>
  html`<div class="running-head">
<p><b dir="auto">${title}</b> <span>${page.t('site.name')}</span></p>
${records.map((record) => html`<p>${lineOf(page, record)}</p>\n`)}</div>`;

function lineOf({ t, format }: PageContext, { name, date, id, locations, areLocationsDeclared }: PrintedRecord): Html {
  const shown = locations.slice(0, LOCATIONS_ON_EACH_SHEET);
  const left = locations.length - shown.length;
  const sources = shown.map(
    (location) => html` · ${areLocationsDeclared ? `${t('redline.sourceDeclared')} ` : ''}<bdi>${location}</bdi>`,
  );
  return html`${name} ${format.moment(date)} · <code>${id}</code>${sources}${left > 0 ? html` · +${format.number(left)}` : ''}${locations.length === 0 ? html` · ${t('version.sourceUnknown')}` : ''}`;
}
