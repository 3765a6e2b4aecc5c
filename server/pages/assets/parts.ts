/**
 * Files of `styles/`, in the order in which they count: the tokens, what holds for every document, the parts that pages
 * share, then the pages, and print last.
 */
export const STYLES = [
  'tokens',
  'document',
  'frame',
  'forms',
  'lists',
  'changes',
  'filters',
  'start',
  'analysis',
  'timeline',
  'terms',
  'texts',
  'description',
  'redline-frame',
  'redline',
  'redline-changes',
  'clause',
  'version',
  'search',
  'print',
] as const;

/**
 * Files of `scripts/`. Each exports one function `run`, imports nothing, and only adds comfort to pages that are complete
 * without it. It runs in the reader's browser, sends nothing anywhere, and asks whether what it needs is there.
 */
export const SCRIPTS = ['has-script', 'last-visit', 'filter-form', 'citation', 'redline'] as const;
