import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import { serviceName } from '../../api/service-name.ts';
import type { Html } from '../frame.ts';
import { absolute, type PageContext } from '../page-context.ts';
import { licenceName } from './licence.ts';

/** A version that somebody cites. */
export interface CitedVersion {
  readonly collection: Pick<ServedCollection, 'name' | 'services' | 'licence'>;
  readonly serviceId: string;
  readonly termsType: string;
  readonly id: string;
  readonly fetchDate: Date | string;
}

export interface CitationFacts {
  /** One, or the two of a redline, the earlier first. */
  readonly versions: readonly CitedVersion[];
  /** Where the source documents were fetched, as the records note. */
  readonly locations: readonly string[];
  /** Where they were declared to be, of versions whose records do not note it. */
  readonly declaredLocations?: readonly string[] | undefined;
  /** Permanent path of what is cited, as `Addresses` gives it, with the fragment of a paragraph. */
  readonly address: string;
  /** Words of the text; where there are none, those that the reader has marked are taken when the citation is copied. */
  readonly quote?: string | undefined;
}

/**
 * How to cite what a page shows: quote, source, dates, ids of the records, licence. Readable and to be marked by hand;
 * with scripts a button copies it, with the words that were marked inside an element with `data-quotable`.
 */
export function citation(page: PageContext, facts: CitationFacts): Html {
  const { t } = page;
  const { quote } = facts;
  return html`<details class="citation" data-address="${absolute(page, facts.address)}">
<summary>${t('citation.title')}</summary>
<p class="citation-text"><q class="citation-quote" dir="auto" lang=""${quote ? '' : html` hidden`}>${quote ?? ''}</q> ${sentences(page, facts).map((sentence) => html`<span dir="auto">${sentence}</span> `)}</p>
<p class="citation-tools" hidden><button type="button" data-copied="${t('citation.copied')}">${t('citation.copy')}</button>${quote ? '' : html` <span class="muted">${t('citation.hint')}</span>`}</p>
</details>
<p class="for-print">${t('citation.collection', { name: page.format.list(namesOf(facts)) })} ${licenceSentence(page, collectionsOf(facts))}</p>`;
}

const collectionsOf = ({ versions }: CitationFacts): readonly CitedVersion['collection'][] => [
  ...new Map(versions.map(({ collection }) => [collection.name, collection])).values(),
];

const namesOf = (facts: CitationFacts): string[] => collectionsOf(facts).map(({ name }) => name);

function sentences(page: PageContext, facts: CitationFacts): (string | Html)[] {
  const { t, format, now } = page;
  const { versions, locations, declaredLocations = [], address } = facts;
  return [
    ...versions.map(({ collection, serviceId, termsType, id, fetchDate }) =>
      t('citation.version', {
        service: serviceName(collection, serviceId),
        type: termsType,
        date: format.moment(fetchDate),
        id,
      }),
    ),
    ...locations.map((location) => t('citation.source', { location })),
    ...declaredLocations.map((location) => t('citation.sourceDeclared', { location })),
    t('citation.collection', { name: format.list(namesOf(facts)) }),
    licenceSentence(page, collectionsOf(facts)),
    t('citation.read', { address: absolute(page, address), date: format.day(now) }),
  ];
}

/** Names the licence where that is known of all that is cited. */
async function licenceSentence(
  { t, format }: PageContext,
  collections: readonly CitedVersion['collection'][],
): Promise<HtmlEscapedString> {
  const named = await Promise.all(
    collections.map(async (collection) => ({
      name: collection.name,
      licence: licenceName(await collection.licence()),
    })),
  );
  const licences = named.map(({ name, licence }) => licence && (named.length > 1 ? `${licence} (${name})` : licence));
  const known = licences.filter((licence) => licence !== undefined);
  return html`${known.length < named.length ? t('citation.licence') : t('citation.licenceNamed', { licence: format.list(known) })}`;
}
