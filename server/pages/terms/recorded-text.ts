import { html } from 'hono/html';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import type { IndexReader } from '../../../archive/index/index-reader.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { outsideLink } from '../parts/outside-link.ts';

interface Recorded {
  readonly collection: ServedCollection;
  readonly reader: IndexReader;
  readonly serviceId: string;
  readonly termsType: string;
}

/** More would hide what else is said of the terms; all stand in the declaration. */
const MOST_LOCATIONS = 3;

/**
 * “Recorded text: French · declared at fr.example”: which of a service's texts is recorded, which need not
 * be the one that a reader was shown. Nothing where neither is known.
 */
export function recordedText(page: PageContext, { collection, reader, serviceId, termsType }: Recorded): Html | '' {
  const { t, format } = page;
  const latest = reader.latestVersion(serviceId, termsType);
  // A first record is no change, and so not judged.
  const language = latest?.analysis?.language ?? (latest && reader.versionBefore(latest)?.analysis?.language);
  const declared = collection.services().find(({ id }) => id === serviceId);
  const documents = declared?.terms.find(({ type }) => type === termsType)?.sourceDocuments ?? [];
  if (language === undefined && documents.length === 0) return '';
  const further = documents.length - MOST_LOCATIONS;
  const sources = documents
    .slice(0, MOST_LOCATIONS)
    .map(({ location }, place) => html`${place > 0 ? ', ' : ''}${outsideLink(location, hostOf(location))}`);
  return html`<p class="muted recorded-text">${language === undefined ? '' : html`${t('terms.recordedText')} ${format.language(language)}${documents.length === 0 ? '' : ' · '}`}${
    documents.length === 0
      ? ''
      : html`${t('terms.fromDeclared')} ${sources}${further > 0 ? html` +${format.number(further)}` : ''}`
  }</p>`;
}

/** Declarations may hold anything. */
const hostOf = (location: string): string => (URL.canParse(location) ? new URL(location).host : location);
