import { html } from 'hono/html';
import type { Change, ChangeClass, ChangeState } from '../../api/contract.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';

/** What is drawn for a change: what it is at most, unless what became of the document says more. */
export type Mark = ChangeClass | 'return' | 'fault' | 'upgrade' | 'first' | 'pending';

/** Never without the word beside it, and never told by colour alone. */
export const GLYPHS: Readonly<Record<Mark, string>> = {
  text: '■',
  date: '◔',
  links: '↗',
  moved: '⇅',
  formatting: '¶',
  numbering: '№',
  none: '=',
  return: '↺',
  fault: '⚠',
  upgrade: '⚙',
  first: '○',
  pending: '…',
};

const OF_STATE: Partial<Readonly<Record<ChangeState, Mark>>> = {
  return: 'return',
  reverted: 'return',
  suspect: 'fault',
};

/** Which mark a version in a list of changes has. */
export function markOf({ isFirstRecord, isTechnicalUpgrade, analysis }: MarkedChange): Mark {
  if (isFirstRecord) return 'first';
  if (isTechnicalUpgrade) return 'upgrade';
  return analysis ? (OF_STATE[analysis.state] ?? analysis.class) : 'pending';
}

export type MarkedChange = Pick<Change, 'isFirstRecord' | 'isTechnicalUpgrade'> & {
  readonly analysis: { readonly class: ChangeClass; readonly state: ChangeState } | null;
};

/** Glyph and word of a change: “■ text”, “↺ return”. */
export const classMark = (page: PageContext, change: MarkedChange): Html => mark(page, markOf(change));

/** As {@link classMark}, where the mark alone is known: in legends and charts. */
export const mark = ({ t }: Pick<PageContext, 't'>, which: Mark): Html =>
  html`<span class="mark mark-${which}"><span aria-hidden="true">${GLYPHS[which]}</span> ${t(`mark.${which}`)}</span>`;
