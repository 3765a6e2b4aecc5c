import { html } from 'hono/html';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';

export interface PagerLinks {
  /** Address of the next part; undefined at the end. */
  readonly next?: string | undefined;
  /** Address of the part before, where it is known: a cursor leads forwards alone. */
  readonly previous?: string | undefined;
  /** Address of the first part, where this is a later one. */
  readonly first?: string | undefined;
}

/** Goes on in a long list; nothing where the list has one part. */
export function pager({ t }: Pick<PageContext, 't'>, { next, previous, first }: PagerLinks): Html | '' {
  if (!next && !previous && !first) return '';
  return html`<nav class="pager" aria-label="${t('pager.label')}">
${first ? html`<a href="${first}">${t('pager.first')}</a>` : ''}
${previous ? html`<a href="${previous}" rel="prev">‹ ${t('pager.previous')}</a>` : ''}
${next ? html`<a href="${next}" rel="next">${t('pager.next')} ›</a>` : ''}
</nav>`;
}
