import { html } from 'hono/html';
import type { RedlineBlock } from '../../../api/contract.ts';
import type { Html } from '../../frame.ts';
import { anchorOf, numberOf } from './anchors.ts';
import type { RedlineItem } from './redline-runs.ts';
import { redlineText } from './redline-text.ts';
import type { RedlineLinks, RedlineWords } from './redline-words.ts';

export type RedlineView = 'inline' | 'side';

/** How one block is shown. */
export interface BlockOptions {
  readonly view: RedlineView;
  readonly words: RedlineWords;
  readonly links: RedlineLinks;
  /** The attribute that names the terms' language, or nothing. */
  readonly lang: Html | '';
  /** Headings above it, where they are not those of the block before it. */
  readonly path: readonly string[] | undefined;
}

/** A paragraph of a redline: in the margin what it is and where it stands, beside it its words. */
export function redlineBlock({ kind, block, formerHeading }: RedlineItem, options: BlockOptions): Html {
  const { words, links, path, view, lang } = options;
  const number = numberOf(block);
  if (kind === 'left') {
    return html`<div class="para left"><p class="said"><a href="#${anchorOf(block)}">${words.movedTo(number)}</a></p></div>`;
  }
  const anchor = anchorOf(block);
  const label = labelOf(block, formerHeading, words);
  const clause = block.kind === 'equal' ? undefined : links.clause?.(...placeOf(block));
  return html`<div class="${classOf(block)}" id="${anchor}"><div class="aside">${
    path && path.length > 0 ? html`<span class="path" dir="auto"${lang}>${path.join(' › ')}</span> ` : ''
  }${label === '' ? '' : html`<span class="label">${label}</span> `}<a class="place" href="#${anchor}">¶ ${number}</a>${
    clause === undefined
      ? ''
      : html` <a class="since" rel="nofollow" href="${clause}" aria-label="${words.sinceOf(number)}">${words.since}</a>`
  }</div>${view === 'inline' ? textOf(block, options) : sidesOf(block, options)}</div>
`;
}

const placeOf = ({ from, to }: RedlineBlock): ['before' | 'after', number] =>
  to === null ? ['before', from ?? 0] : ['after', to];

function labelOf({ kind, from }: RedlineBlock, formerHeading: string | undefined, words: RedlineWords): string {
  if (kind === 'moved') return words.movedFrom(formerHeading, (from ?? 0) + 1);
  return kind === 'inserted' || kind === 'deleted' ? words[kind] : '';
}

function classOf(block: RedlineBlock): string {
  const text = block.spans[0]?.text ?? '';
  const depth = block.block === 'list-item' ? Math.min(4, Math.floor((/^ */.exec(text)?.[0].length ?? 0) / 4)) : 0;
  const isBullet = block.block === 'list-item' && /^[ \t>]*[*+-](?:\s|$)/.test(text.slice(0, 200));
  return `para ${block.kind} ${block.block}${depth > 0 ? ` depth-${depth}` : ''}${isBullet ? ' bullet' : ''}${/^\s*>/.test(text.slice(0, 200)) ? ' quoted' : ''}`;
}

function textOf(block: RedlineBlock, { words, lang }: BlockOptions, side?: 'before' | 'after'): Html {
  const shown = redlineText(block, words, side);
  if (shown.every(isEmpty)) return html`<p class="said">${words.wordless}</p>`;
  if (block.block === 'heading') return html`<h3 dir="auto"${lang}>${shown}</h3>`;
  return block.block === 'code'
    ? html`<pre dir="auto"${lang} tabindex="0">${shown}</pre>`
    : html`<p dir="auto"${lang}>${shown}</p>`;
}

const isEmpty = (shown: Html | string): boolean => typeof shown === 'string' && shown.trim() === '';

/** Both versions of a block beside each other; where there is only one, the other side is empty. */
function sidesOf(block: RedlineBlock, options: BlockOptions): Html {
  const { before, after } = options.words;
  return html`<div class="side">${
    block.from === null ? '' : html`<span class="vh">${before}: </span>${textOf(block, options, 'before')}`
  }</div><div class="side">${
    block.to === null ? '' : html`<span class="vh">${after}: </span>${textOf(block, options, 'after')}`
  }</div>`;
}
