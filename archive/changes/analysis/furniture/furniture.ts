import { datesIn } from '../../languages/dates.ts';
import type { BlockDifference } from '../difference/difference.ts';
import { keyOf } from '../documents/block-facts.ts';
import type { DocumentMemory, RememberedChange } from '../documents/document-memory.ts';
import { FORMS } from '../words/forms.ts';
import { withoutNumbering } from '../words/numbering.ts';
import { isUnrendered } from '../words/templates.ts';
import { remembering } from '../words/text-memo.ts';
import { isControls } from './menus.ts';
import { LONGEST_SHARED } from './shared-blocks.ts';
import { turnsOf } from './turns.ts';

/** Why a block that came or went does not raise a change. */
export type Furniture =
  | { readonly kind: 'fragment' }
  | { readonly kind: 'template' }
  | { readonly kind: 'controls' }
  | { readonly kind: 'menu' }
  | { readonly kind: 'repeats' }
  | { readonly kind: 'comes-and-goes'; readonly times: number; readonly of: number }
  | { readonly kind: 'counter'; readonly times: number; readonly of: number }
  | { readonly kind: 'restless-place'; readonly times: number; readonly of: number }
  | { readonly kind: 'restless-document'; readonly times: number; readonly of: number }
  | { readonly kind: 'lost-date' }
  | { readonly kind: 'frame' }
  | { readonly kind: 'everywhere'; readonly services: number };

/** Times that a block came or went before, from which on it is taken for furniture: in, out and in again. */
const COMINGS = 3;
const COUNTER_TURNS = 4;
const PLACE_TURNS = 4;
/** Longest block, in words, that its place alone makes furniture: a sentence of law is longer. */
const SHORT = 12;
/** Services from which on a block is everywhere. */
const SERVICES = 5;

/** How many services other than this one had a block's words long enough ago. */
export type ServicesWith = (key: string) => number;

/** Names without numbering (`bareKey`) of the blocks that stand in both versions. */
export type Standing = Pick<ReadonlySet<string>, 'has'>;

/**
 * What of a difference is furniture of the page: blocks that came and went before, numbers that tick, short blocks at a
 * place that never rests, fragments, repetitions of what stands elsewhere (tables of contents), what many services show.
 */
export function furnitureOf(
  block: BlockDifference,
  memory: DocumentMemory,
  standing: Standing,
  servicesWith: ServicesWith,
): Furniture | undefined {
  const { words, place, facts } = block;
  const { key, bareKey, count } = facts;
  const of = memory.changes.length;
  const turnsBefore = turnsOf(memory);

  const traits = traitsOf(words);
  if (traits.isFragment) return { kind: 'fragment' };
  if (isUnrendered(facts.markdown)) return { kind: 'template' };
  if (traits.isControls) return { kind: 'controls' };
  if (standing.has(bareKey)) return { kind: 'repeats' };
  const half = halfOf(words);
  if (half !== words && standing.has(keyOf(withoutNumbering(half, facts)))) return { kind: 'repeats' };
  const comings = turnsBefore.touched(key);
  if (comings >= COMINGS) return { kind: 'comes-and-goes', times: comings, of };
  const { isDated } = traits;
  if (!isDated) {
    const ticks = turnsBefore.counters(traits.counterKey);
    if (ticks >= COUNTER_TURNS) return { kind: 'counter', times: ticks, of };
    if (block.isMenuEntry) return { kind: 'menu' };
  }
  if (block.class === 'text') {
    const turns = count <= SHORT ? turnsBefore.places(place) : 0;
    if (turns >= PLACE_TURNS) return { kind: 'restless-place', times: turns, of };
  }
  if (count <= LONGEST_SHARED && !isDated) {
    const services = servicesWith(key);
    if (services >= SERVICES) return { kind: 'everywhere', services };
  }
  return undefined;
}

/** What a document's memory keeps of a change. */
export function changeToRemember(blocks: readonly BlockDifference[], date: number): RememberedChange {
  const counters = new Set(
    blocks
      .filter(({ side, words }) => side === 'removed' && hasNumber(words))
      .map(({ words }) => traitsOf(words).counterKey),
  );
  return {
    date,
    touched: blocks.map(({ facts }) => facts.key),
    counters: [
      ...new Set(
        blocks
          .filter(({ side, words }) => side === 'added' && hasNumber(words))
          .map(({ words }) => traitsOf(words).counterKey)
          .filter((form) => counters.has(form)),
      ),
    ],
    // A date that moves on is expected, and says nothing about what else stands beside it.
    places: [
      ...new Set(
        blocks.filter((block) => block.class === 'text' && block.facts.count <= SHORT).map(({ place }) => place),
      ),
    ],
  };
}

/** What a block's words tell by themselves, looked up together. */
const traitsOf = remembering((words) => ({
  isFragment: isFragment(words),
  isControls: isControls(words),
  isDated: datesIn(words).length > 0,
  counterKey: keyOf(FORMS.counters(words)),
}));

const hasNumber = (words: string): boolean => /\p{N}/u.test(words);

/** Letters of icons, lone numbers. An amount is no fragment. */
const THREE_LETTERS = /(?:[^\p{L}\p{M}]*[\p{L}\p{M}]){3}/u;

function isFragment(words: string): boolean {
  if (THREE_LETTERS.test(words.slice(0, 100))) return false;
  const letters = words.replace(/[^\p{L}\p{M}]/gu, '');
  if (/[\p{Sc}%‰]/u.test(words)) return false;
  // One sign of Chinese or Japanese may be a word.
  return (
    letters.length <= 2 && !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(letters)
  );
}

/** "a b a b" → "a b": a link whose title repeats its text. */
function halfOf(words: string): string {
  const middle = (words.length - 1) / 2;
  return Number.isInteger(middle) && words.slice(0, middle) === words.slice(middle + 1)
    ? words.slice(0, middle)
    : words;
}
