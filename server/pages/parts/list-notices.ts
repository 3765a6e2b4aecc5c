import { html } from 'hono/html';
import type { IncompleteAnalysis, IncompleteCollection, UnavailableCollection } from '../../api/contract.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';

export interface WhatIsMissing {
  readonly unavailable?: readonly UnavailableCollection[] | undefined;
  readonly incomplete?: readonly (IncompleteAnalysis | IncompleteCollection)[] | undefined;
}

/** What a list does not hold yet, said above it, so that nobody takes it for all there is; nothing where it is whole. */
export function listNotices({ t, deps }: PageContext, { unavailable = [], incomplete = [] }: WhatIsMissing): Html | '' {
  const name = (id: string): string => deps.collections.get(id)?.name ?? id;
  const notices = [
    ...unavailable.map(({ collection }) => t('notice.unavailable', { collection: name(collection) })),
    ...incomplete.map((one) =>
      'versionsWithoutAnalysis' in one
        ? t('notice.unjudged', { collection: name(one.collection), count: one.versionsWithoutAnalysis })
        : t('notice.unsearchable', { collection: name(one.collection), count: one.versionsWithoutText }),
    ),
  ];
  return notices.length === 0
    ? ''
    : html`<div class="notice" role="note">${notices.map((notice) => html`<p>${notice}</p>`)}</div>`;
}
