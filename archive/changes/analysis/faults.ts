import { LANGUAGES } from '../languages/language.ts';
import { blockWords } from './block-facts.ts';
import type { Difference } from './difference.ts';
import { languageOf } from './document-language.ts';
import type { DocumentState } from './state.ts';

export { languageOf };

/** Why a version looks like a faulty capture. */
export type Fault =
  | { readonly kind: 'error-wording'; readonly wording: string }
  | { readonly kind: 'shrunk'; readonly from: number; readonly to: number }
  | { readonly kind: 'other-language'; readonly from: string; readonly to: string };

/** Words; below it a document is short enough for an error answer, above it error wording is the terms' own. */
const SHORT_DOCUMENT = 150;
/** Below this many words a share of them says little. */
const JUDGED_FROM = 120;
const LEAST_LEFT = 0.5;
const REPEATED_HEADINGS = 5;

const WORDINGS = [...LANGUAGES.values()].flatMap(({ faults }) => faults);

/** Looks at the whole document: a capture of something else, or of half of it, is no change of the terms. */
export function faultOf(before: DocumentState, after: DocumentState, { blocks }: Difference): Fault | undefined {
  const wording = errorWording(after);
  if (wording && !errorWording(before)) return { kind: 'error-wording', wording };
  if (before.words >= JUDGED_FROM && after.words < before.words * LEAST_LEFT && !isHalfOfADouble(before, after)) {
    return { kind: 'shrunk', from: before.words, to: after.words };
  }
  // Another language replaces nearly everything.
  const gone = blocks.reduce((words, { side, facts }) => words + (side === 'removed' ? facts.count : 0), 0);
  if (gone < before.words / 2) return undefined;
  const [from, to] = [languageOf(before), languageOf(after)];
  if (from && to && from !== to) return { kind: 'other-language', from, to };
  return undefined;
}

function errorWording(state: DocumentState): string | undefined {
  if (state.words > SHORT_DOCUMENT) return undefined;
  const text = ` ${state.blocks.map(({ markdown }) => blockWords(markdown)).join(' ')} `;
  return WORDINGS.find((wording) => text.includes(` ${wording} `));
}

/**
 * Documents that announce a new version show two side by side, and later drop the old one: what went has the headings of
 * what stays.
 */
function isHalfOfADouble(before: DocumentState, after: DocumentState): boolean {
  const headings = before.blocks.filter(({ kind, key }) => kind === 'heading' && key !== '').map(({ key }) => key);
  const repeated = headings.length - new Set(headings).size;
  return repeated >= REPEATED_HEADINGS && repeated * 2 >= headings.length * LEAST_LEFT && after.words > SHORT_DOCUMENT;
}
