import { html } from 'hono/html';
import type { TermsAddress } from '../addresses.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';

/** Asks for a day and leads to the version of these terms that stood then. @param shown day that the page shows now */
export const asOfDate = ({ t, to, now }: PageContext, terms: TermsAddress, shown: Date): Html =>
  html`<form class="as-of" action="${to.versionAt(terms)}">
<label>${t('version.asOf')} <input type="date" name="date" required value="${day(shown)}" max="${day(now)}"></label>
<button>${t('version.asOfButton')}</button>
</form>`;

const day = (date: Date): string => date.toISOString().slice(0, 10);
