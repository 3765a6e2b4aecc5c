import { html } from 'hono/html';
import type { Reason } from '../../../archive/changes/analysis/reason.ts';
import { IndexUnavailableError } from '../../../archive/index/index-error.ts';
import type { ListedChange } from '../../api/list-changes.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { judgementReason } from '../parts/reasons.ts';

/** Reasons in a list; all of them are on the page of the analysis. */
const MOST = 4;

/** Why people were not told of a change, where they were not: the first of the reasons, and the way to all. */
export function whyQuiet(page: PageContext, { collection, version }: ListedChange): Html | '' {
  const { t, to } = page;
  if (!version.analysis || version.analysis.alert) return '';
  const reasons = reasonsOf({ collection, version });
  if (reasons.length === 0) return '';
  const address = { ...version, collection: collection.id };
  return html`<details class="why"><summary>${t('terms.whyQuiet')}</summary>
<ul>${reasons.slice(0, MOST).map((reason) => html`<li>${judgementReason(page, reason, version.analysis?.language)}</li>`)}</ul>
<p><a href="${to.analysis(address)}">${t('terms.allReasons')}</a></p>
</details>`;
}

function reasonsOf({ collection, version }: Pick<ListedChange, 'collection' | 'version'>): readonly Reason[] {
  try {
    return collection.index().reasons(version);
  } catch (error) {
    // A list without reasons is better than none.
    if (error instanceof IndexUnavailableError) return [];
    throw error;
  }
}
