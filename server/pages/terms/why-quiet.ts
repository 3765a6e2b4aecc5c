import { html } from 'hono/html';
import { IndexUnavailableError } from '../../../archive/index/index-error.ts';
import type { ListedChange } from '../../api/list-changes.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';

/** Sentences and characters of each in a list; all of them are on the page of the analysis. */
const MOST = 4;
const LONGEST = 300;

/** Why people were not told of a change, where they were not: the first of the reasons, and the way to all. */
export function whyQuiet({ t, to }: PageContext, { collection, version }: ListedChange): Html | '' {
  if (!version.analysis || version.analysis.alert) return '';
  const reasons = reasonsOf({ collection, version });
  if (reasons.length === 0) return '';
  const address = { ...version, collection: collection.id };
  // The sentences are made in English when changes are judged.
  return html`<details class="why"><summary>${t('terms.whyQuiet')}</summary>
<ul lang="en">${reasons.slice(0, MOST).map((reason) => html`<li dir="auto">${reason.length > LONGEST ? `${reason.slice(0, LONGEST)} …` : reason}</li>`)}</ul>
<p><a href="${to.analysis(address)}">${t('terms.allReasons')}</a></p>
</details>`;
}

function reasonsOf({ collection, version }: Pick<ListedChange, 'collection' | 'version'>): readonly string[] {
  try {
    return collection.index().reasons(version);
  } catch (error) {
    // A list without reasons is better than none.
    if (error instanceof IndexUnavailableError) return [];
    throw error;
  }
}
