import { gfm } from 'joplin-turndown-plugin-gfm';
import { JSDOM, VirtualConsole } from 'jsdom';
import TurndownService from 'turndown';
import type { RangeSelector, Selector, Selectors } from '../../../archive/declarations/service.ts';

export interface ReferenceSource {
  readonly location: string;
  readonly select: Selectors | undefined;
  readonly remove?: Selectors | undefined;
  /** Filters, as functions of jsdom's document. */
  readonly filters?: readonly ((document: Document) => void)[];
}

/**
 * Open Terms Archive's extraction as its rules read, on jsdom with its own links, selectors and ranges, and Turndown: what
 * ours is compared with. Shares no code with it.
 *
 * @throws Error when nothing matches or the result is empty
 */
export function referenceMarkdown(html: string, source: ReferenceSource): string {
  const { window } = new JSDOM(html, { url: source.location, virtualConsole: new VirtualConsole() });
  try {
    return markdownOf(window.document, source);
  } finally {
    window.close();
  }
}

function markdownOf(document: Document, source: ReferenceSource): string {
  for (const filter of source.filters ?? []) filter(document);

  const links = document.querySelectorAll<HTMLAnchorElement>('a[href]:not([href^="#"]):not([href=""])');
  for (const link of links) {
    try {
      link.href = new URL(link.href, source.location).href;
    } catch {
      // Invalid addresses stay as they are.
    }
  }
  for (const element of document.querySelectorAll('script, style')) element.remove();
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href*="/email-protection"]')) {
    const replacement = document.createElement('a');
    replacement.href = link.href.split('#')[0] ?? '';
    replacement.innerHTML = '[email&#160;protected]';
    link.replaceWith(replacement);
  }

  const elements: Element[] = [];
  const ranges: Range[] = [];
  for (const selector of list(source.remove)) {
    if (typeof selector === 'string') elements.push(...document.querySelectorAll(selector));
    else ranges.push(rangeOf(document, selector));
  }
  for (const element of elements) element.remove();
  for (const range of ranges) range.deleteContents();

  const fragment = document.createDocumentFragment();
  for (const selector of list(source.select)) {
    if (typeof selector === 'string') {
      for (const element of document.querySelectorAll(selector)) fragment.append(element.cloneNode(true));
    } else fragment.append(rangeOf(document, selector).cloneContents());
  }
  if (fragment.children.length === 0) throw new Error('no match');
  const markdown = turndown.turndown(fragment);
  if (markdown === '') throw new Error('empty');
  return markdown;
}

const turndown = createTurndown();

function createTurndown(): TurndownService {
  const service = new TurndownService();
  service.use(gfm);
  const { rules } = service.options as unknown as {
    rules: Record<string, { filter: TurndownService.Filter; replacement: TurndownService.ReplacementFunction }>;
  };
  const link = rules.inlineLink;
  if (link === undefined) throw new Error('Turndown has no rule inlineLink');
  service.addRule('inlineLink', {
    filter: link.filter,
    replacement: (content, node, options) => link.replacement(content.trim(), node, options),
  });
  return service;
}

function rangeOf(document: Document, { startBefore, startAfter, endBefore, endAfter }: RangeSelector): Range {
  const start = document.querySelector(startBefore || startAfter || 'none');
  const end = document.querySelector(endBefore || endAfter || 'none');
  if (start === null || end === null) throw new Error('no match of a range');
  const range = document.createRange();
  if (startBefore) range.setStartBefore(start);
  else range.setStartAfter(start);
  if (endBefore) range.setEndBefore(end);
  else range.setEndAfter(end);
  return range;
}

const list = (selectors: Selectors | undefined): readonly Selector[] =>
  selectors === undefined ? [] : ([selectors].flat() as Selector[]);
