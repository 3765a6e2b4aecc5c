import type { Find } from '../find.ts';
import { compileSelectors } from './selectors/compile.ts';
import { elementsBelow } from './selectors/test.ts';

/**
 * Finds elements in the light DOM by an engine of our own: domino's compares properties where attributes are meant, splits
 * classes at spaces only, and does not know all of `:nth-child()` and `:not()`.
 *
 * @throws UnsupportedSelector
 */
export const findInLightDom: Find = (document, selector) => {
  const test = compileSelectors(selector, document.compatMode === 'BackCompat');
  const found: Element[] = [];
  for (const element of elementsBelow(document)) if (test(element)) found.push(element);
  return found;
};
