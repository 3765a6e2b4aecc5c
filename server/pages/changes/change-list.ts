import { html } from 'hono/html';
import { applyChangeFilter, asksJudgement } from '../../api/change-filter.ts';
import type { IncompleteAnalysis } from '../../api/contract.ts';
import { writeCursor } from '../../api/cursor.ts';
import { unjudgedAmong } from '../../api/incomplete-analysis.ts';
import { type ChangesPart, listChanges } from '../../api/list-changes.ts';
import type { QueryValues } from '../addresses.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { type ChangeLineOptions, changeLines } from '../parts/change-line.ts';
import { exportLinks, exportsOfChanges } from '../parts/exports.ts';
import { listNotices } from '../parts/list-notices.ts';
import { pager } from '../parts/pager.ts';
import { sinceLastVisit } from '../parts/since-last-visit.ts';
import type { AskedChanges } from './asked-changes.ts';

/** Changes on one page. */
const AT_ONCE = 30;

/** A part of the changes that are asked for. */
export interface FoundChanges extends ChangesPart {
  readonly incomplete: readonly IncompleteAnalysis[];
  /** Something is missing that will be there soon. */
  readonly isIncomplete: boolean;
}

/** @throws IndexUnavailableError where no collection can answer, ApiError where the cursor is outdated */
export function findChanges({ deps }: PageContext, { filter, from }: AskedChanges): FoundChanges {
  const asked = applyChangeFilter(deps.collections, filter).map(({ collection }) => collection);
  const incomplete = asksJudgement(filter) ? unjudgedAmong(asked) : [];
  const part = listChanges(deps.collections, filter, { limit: AT_ONCE, from });
  return { ...part, incomplete, isIncomplete: part.unavailable.length + incomplete.length > 0 };
}

export interface ChangeListOptions extends ChangeLineOptions {
  /** Address of the page with the filters that are set, and with these parameters besides. */
  readonly link: (further: QueryValues) => string;
  /** In the place of the list where nothing matches. */
  readonly empty: Html;
  /** Filters for exports and feeds, those that the page has of itself among them. */
  readonly exported: QueryValues;
}

/** The list with all that belongs to it: what is missing, what is new, the next part, other forms. */
export function changeList(
  page: PageContext,
  asked: Pick<AskedChanges, 'from' | 'filter'>,
  found: FoundChanges,
  { link, empty, exported, ...lines }: ChangeListOptions,
): Html {
  const { changes, next, unavailable, incomplete } = found;
  return html`${listNotices(page, { unavailable, incomplete })}
${
  changes.length === 0
    ? empty
    : html`${sinceLastVisit(page)}
${changeLines(page, changes, { ...lines, topics: asked.filter.topics })}`
}
${pager(page, {
  first: asked.from === undefined ? undefined : link({}),
  next: next === undefined ? undefined : link({ cursor: writeCursor(next) }),
})}
${exportLinks(page, exportsOfChanges(page, exported))}`;
}
