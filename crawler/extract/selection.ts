import type { RangeSelector, Selector, Selectors } from '../../archive/declarations/service.ts';
import { ExtractError } from './extract-error.ts';
import type { Find } from './find.ts';
import { cloneContents, createRange, type DocumentRange, deleteContents, removeNode } from './ranges.ts';

/** A document with what is needed to find elements in it and to name it in messages. */
export interface SelectableDocument {
  readonly document: Document;
  readonly location: string;
  readonly find: Find;
}

/**
 * Takes the declared parts out of the document. All matches are found before the first is removed, single elements are
 * removed before ranges, and ranges follow what happens around them: OTA's order.
 *
 * @throws ExtractError `no-match` when an end of a range is not found
 */
export function removeFrom(target: SelectableDocument, remove: Selectors | undefined): void {
  const elements: Element[] = [];
  const ranges: DocumentRange[] = [];
  for (const selector of listOf(remove)) {
    if (typeof selector === 'string') elements.push(...findAll(target, selector));
    else ranges.push(findRange(target, selector));
  }
  for (const element of elements) removeNode(element, ranges);
  for (const range of ranges) {
    deleteContents(
      range,
      ranges.filter((other) => other !== range),
    );
  }
}

/**
 * Copies of the declared parts, in declared order; what two selectors match comes twice.
 *
 * @throws ExtractError `no-match` when an end of a range, or nothing at all, is found
 */
export function selectFrom(target: SelectableDocument, select: Selectors | undefined): DocumentFragment {
  const { document, location } = target;
  const result = document.createDocumentFragment();
  for (const selector of listOf(select)) {
    if (typeof selector === 'string') {
      for (const element of findAll(target, selector)) result.appendChild(element.cloneNode(true));
    } else result.appendChild(cloneContents(findRange(target, selector), document));
  }
  for (let child = result.firstChild; child !== null; child = child.nextSibling) {
    if (child.nodeType === 1) return result;
  }
  throw new ExtractError(
    'no-match',
    `select ${describeSelectors(select)} matches nothing in ${location}. Look at the snapshot and adapt the declaration; ` +
      'mind that `remove` and filters work before `select`.',
  );
}

function findRange(target: SelectableDocument, range: RangeSelector): DocumentRange {
  const { startBefore, startAfter, endBefore, endAfter } = range;
  return createRange({
    from: findEnd(target, startBefore || startAfter, range, 'start'),
    fromSide: startBefore ? 'before' : 'after',
    to: findEnd(target, endBefore || endAfter, range, 'end'),
    toSide: endBefore ? 'before' : 'after',
  });
}

function findEnd(target: SelectableDocument, selector: string | undefined, range: RangeSelector, end: string): Element {
  const [element] = selector === undefined ? [] : findAll(target, selector);
  if (element !== undefined) return element;
  throw new ExtractError(
    'no-match',
    `The ${end} of the range ${JSON.stringify(range)} matches nothing in ${target.location}. ` +
      'Look at the snapshot and adapt the declaration.',
  );
}

function findAll({ document, find, location }: SelectableDocument, selector: string): readonly Element[] {
  try {
    return find(document, selector);
  } catch (cause) {
    if (!isSyntaxError(cause)) throw cause;
    throw new ExtractError(
      'no-match',
      `${JSON.stringify(selector)}, declared for ${location}, is not a CSS selector. Correct the declaration.`,
      { cause },
    );
  }
}

const isSyntaxError = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'SyntaxError';

const listOf = (selectors: Selectors | undefined): readonly Selector[] =>
  selectors === undefined ? [] : Array.isArray(selectors) ? selectors : [selectors as Selector];

const describeSelectors = (selectors: Selectors | undefined): string => JSON.stringify(selectors ?? []);
