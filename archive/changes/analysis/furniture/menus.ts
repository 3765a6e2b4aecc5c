import { LANGUAGES } from '../../languages/language.ts';
import { type BlockFacts, blockWords } from '../documents/block-facts.ts';
import type { DocumentState } from '../documents/state.ts';
import { remembering } from '../words/text-memo.ts';

/** Words of a block from which on it is a sentence of the terms, not an entry of a menu. */
const SENTENCE = 12;
const LONGEST_ENTRY = 12;
/** Longest entry without a link; above a document's first sentence only. */
const LONGEST_LABEL = 6;
/** Longer Markdown is no entry, whatever it holds. */
const MOST_MARKDOWN = 3000;
/** Longest block that is made of labels of buttons alone. */
const LONGEST_CONTROLS = 12;

/** Longest copyright notice, in words. */
const LONGEST_NOTICE = 40;
const COPYRIGHT = [...LANGUAGES.values()].flatMap(({ copyright }) => copyright);

const PICTURE = /!\[[^[\]]*\]\([^()]*\)/g;
const LINK = /\[((?:[^[\]\\]|\\.)*)\]\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g;

/** Documents of their own: the terms in other languages, forms, annexes. */
const DOCUMENT = /\.(?:pdf|docx?|odt|rtf)(?:[?#]|\s|$)/i;

const CONTROLS = new Map<string, string[][]>();
for (const phrase of [...LANGUAGES.values()].flatMap((language) => language.controls)) {
  const words = phrase.split(' ');
  const first = words[0] ?? '';
  CONTROLS.set(
    first,
    [...(CONTROLS.get(first) ?? []), words].sort((a, b) => b.length - a.length),
  );
}

/** Whether a block's words are labels of buttons, messages to screen readers and the like, and nothing else. */
export const isControls = (words: string): boolean => {
  if (!CONTROLS.has(words.split(' ', 1)[0] ?? '')) return false;
  const all = words.split(' ');
  if (all.length > LONGEST_CONTROLS) return false;
  for (let at = 0; at < all.length; ) {
    const found = CONTROLS.get(all[at] ?? '')?.find((phrase) =>
      phrase.every((word, place) => all[at + place] === word),
    );
    if (!found) return false;
    at += found.length;
  }
  return true;
};

/** Whether all that a block says is the text of links to other parts of the website. */
export const isOnlyLinks = (markdown: string): boolean =>
  markdown.length <= MOST_MARKDOWN && markdown.includes('](') && isMadeOfLinks(markdown);

const isMadeOfLinks = remembering((markdown) => {
  let leadsAway = false;
  let leadsToDocument = false;
  const rest = markdown.replace(PICTURE, '').replace(LINK, (_, text: string, target: string) => {
    leadsAway ||= !target.trim().startsWith('#');
    leadsToDocument ||= DOCUMENT.test(target) || DOCUMENT.test(text);
    return '';
  });
  return leadsAway && !leadsToDocument && !/[\p{L}\p{N}]/u.test(rest);
});

const bodies = new WeakMap<DocumentState, readonly [first: number, last: number]>();

/** Places of a document's first and last sentence; undefined where it has none. */
function bodyOf(state: DocumentState): readonly [first: number, last: number] {
  let body = bodies.get(state);
  if (!body) {
    const isSentence = ({ count, kind, markdown }: BlockFacts): boolean =>
      count >= SENTENCE && kind !== 'heading' && !isOnlyLinks(markdown);
    body = [
      state.blocks.findIndex(isSentence),
      state.blocks.findLastIndex((facts) => isSentence(facts) && !isNotice(facts)),
    ];
    bodies.set(state, body);
  }
  return body;
}

/** A copyright notice stands below the menus. */
const isNotice = ({ count, markdown }: BlockFacts): boolean => {
  if (count > LONGEST_NOTICE) return false;
  const words = ` ${blockWords(markdown)} `;
  return COPYRIGHT.some((phrase) => words.includes(` ${phrase} `));
};

/**
 * Whether a block is an entry of a menu of the website: short, without a sentence, above the first or below the last
 * sentence of the document. Headings above the text, dates and amounts are none.
 */
export function isMenuEntry(facts: BlockFacts, at: number, state: DocumentState): boolean {
  const { count, kind, markdown } = facts;
  if (count > LONGEST_ENTRY) return false;
  const [first, last] = bodyOf(state);
  if (first < 0 || (at > first && at < last)) return false;
  if (isOnlyLinks(markdown)) return true;
  // A heading of a menu, which stands above its first entry.
  if (kind === 'heading' && at > last)
    return count <= LONGEST_LABEL && isOnlyLinks(state.blocks[at + 1]?.markdown ?? '');
  if (at > first || count > LONGEST_LABEL || (kind !== 'list-item' && kind !== 'paragraph')) return false;
  // What leads into the document itself is a table of contents.
  if (markdown.includes('](#')) return false;
  return !/[\p{N}\p{Sc}%.:!?。：؟।@]|\*\*|__/u.test(markdown);
}
