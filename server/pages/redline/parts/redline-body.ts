import { html } from 'hono/html';
import type { RedlineBlock } from '../../../api/contract.ts';
import type { Html } from '../../frame.ts';
import { changeAnchor } from './anchors.ts';
import { type RedlineView, redlineBlock } from './redline-block.ts';
import { type RedlineItem, type RedlineRun, runsOf } from './redline-runs.ts';
import type { RedlineLinks, RedlineWords } from './redline-words.ts';

export interface RedlineOptions {
  readonly words: RedlineWords;
  readonly view?: RedlineView | undefined;
  /** Nothing is folded. */
  readonly isAll?: boolean | undefined;
  readonly links?: RedlineLinks | undefined;
  /** Above the two columns of a view side by side. */
  readonly columns?: readonly [before: string, after: string] | undefined;
  /** ISO 639-1 codes of the languages of both versions; undefined: not known, and not said to be that of the page. */
  readonly languages?: readonly [before: string | undefined, after: string | undefined] | undefined;
}

/**
 * A redline as HTML: changes as groups `#c1`, `#c2`, … with steps from one to the next, what is unchanged between them
 * folded in place. Depends on nothing but its arguments.
 */
export function redlineBody(
  blocks: readonly RedlineBlock[],
  {
    words,
    view = 'inline',
    isAll = false,
    links = { clause: undefined },
    columns,
    languages = [undefined, undefined],
  }: RedlineOptions,
): Html {
  const runs = runsOf(blocks, isAll);
  const changes = countChanges(runs);
  const paths = pathsOf(runs);
  const [former, current] = languages.map((language) => html` lang="${language ?? ''}"`);
  const show = (item: RedlineItem): Html =>
    redlineBlock(item, {
      view,
      words,
      links,
      path: paths.get(item),
      lang: (item.block.to === null ? former : current) ?? '',
    });
  const parts = runs.map((run) => {
    const shown = run.items.map(show);
    if (run.kind === 'change') return changeGroup(run.number, changes, words, shown);
    if (!run.isFolded) return shown;
    return html`<details class="fold"><summary>${words.unchanged(run.items.length)}</summary>
${shown}</details>
`;
  });
  return html`<div class="redline is-${view}" data-quotable>
${view === 'side' && columns ? heads(columns) : ''}${parts.flat()}</div>`;
}

/** To be seen: for readers of screens every paragraph says which side it is on. */
const heads = ([before, after]: readonly [string, string]): Html =>
  html`<div class="para heads" aria-hidden="true"><div class="aside"></div><div class="side">${before}</div><div class="side">${after}</div></div>
`;

export const countChanges = (runs: readonly RedlineRun[]): number =>
  runs.reduce((count, { kind }) => count + (kind === 'change' ? 1 : 0), 0);

function changeGroup(number: number, of: number, words: RedlineWords, shown: readonly Html[]): Html {
  const name = words.change(number, of);
  const { previous, next } = words;
  return html`<div class="redline-change" id="${changeAnchor(number)}" role="group" aria-label="${name}" tabindex="-1">
<p class="steps">${name}${number > 1 ? html` <a href="#${changeAnchor(number - 1)}" aria-label="${previous}">‹</a>` : ''}${
    number < of ? html` <a href="#${changeAnchor(number + 1)}" aria-label="${next}">›</a>` : ''
  }</p>
${shown}</div>
`;
}

/** The headings above each block, where they are told: at the first block, and where they are others than before. */
function pathsOf(runs: readonly RedlineRun[]): ReadonlyMap<RedlineItem, readonly string[]> {
  const paths = new Map<RedlineItem, readonly string[]>();
  let last = '';
  for (const run of runs) {
    // Inside a fold it is told anew, and again behind it.
    if (run.kind === 'unchanged' && run.isFolded) last = '';
    for (const item of run.items) {
      const { block } = item;
      if (item.kind === 'left' || block.block === 'heading') continue;
      const path = block.headings.join('\n');
      if (path !== last) paths.set(item, block.headings);
      last = path;
    }
    if (run.kind === 'unchanged' && run.isFolded) last = '';
  }
  return paths;
}
