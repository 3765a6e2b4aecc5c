import { FORMS } from '../words/forms.ts';
import type { BlockDifference } from './block-difference.ts';

/** Blocks of one side that may make up one of the other. */
const LONGEST_RUN = 12;
/** Blocks that begin with the same word and are tried. */
const MOST_PARTNERS = 8;

/**
 * Marks runs of blocks that hold the same words divided in another way, among others that changed: "1. **Fares.** They
 * …" became a heading and a paragraph.
 *
 * @param removed not yet explained, in the document's order.
 * @param added likewise.
 */
export function joinRuns(removed: readonly BlockDifference[], added: readonly BlockDifference[]): void {
  if (removed.length === 0 || added.length === 0 || removed.length + added.length < 3) return;
  const byStart = new Map<string, number[]>();
  for (const [at, block] of added.entries()) {
    const places = byStart.get(firstWord(block));
    if (places) places.push(at);
    else byStart.set(firstWord(block), [at]);
  }
  for (const [start, block] of removed.entries()) {
    if (block.why) continue;
    const places = (byStart.get(firstWord(block)) ?? []).filter((at) => !added[at]?.why).slice(0, MOST_PARTNERS);
    for (const place of places) {
      const run = sameRun(removed, start, added, place);
      for (const one of run ?? []) {
        one.class = 'formatting';
        one.why = 'rewrapped';
      }
      if (run) break;
    }
  }
}

/**
 * Marks blocks of which one repeats the heading above the other, which stands in both versions: an item "1. **Fares.** They
 * …" where a table of contents already told "1. Fares".
 */
export function joinHeadings(removed: readonly BlockDifference[], added: readonly BlockDifference[]): void {
  for (const [whole, parts] of [
    [removed, added],
    [added, removed],
  ] as const) {
    const starting = new Set(whole.filter(({ why }) => !why).map(firstWord));
    let waiting: Map<string, BlockDifference> | undefined;
    for (const part of parts) {
      if (part.why || part.heading === '' || !starting.has(firstWord({ words: part.heading }))) continue;
      waiting ??= new Map(whole.map((block) => [FORMS.spacing(block.words), block]));
      const found = waiting.get(FORMS.spacing(`${part.heading} ${part.words}`));
      if (!found || found.why) continue;
      for (const one of [found, part]) {
        one.class = 'formatting';
        one.why = 'rewrapped';
      }
    }
  }
}

const firstWord = ({ words }: Pick<BlockDifference, 'words'>): string => words.split(' ', 1)[0] ?? '';

/** The blocks from these two places on until both sides have the same words; undefined where they part. */
function sameRun(
  removed: readonly BlockDifference[],
  start: number,
  added: readonly BlockDifference[],
  place: number,
): readonly BlockDifference[] | undefined {
  const former = openRun(removed, start);
  const current = openRun(added, place);
  for (let step = 0; step < LONGEST_RUN; step++) {
    if (former.text === current.text) return [...former.blocks, ...current.blocks];
    const [shorter, longer] = former.text.length < current.text.length ? [former, current] : [current, former];
    if (!longer.text.startsWith(shorter.text) || !shorter.goOn()) return undefined;
  }
  return undefined;
}

interface Run {
  readonly blocks: readonly BlockDifference[];
  /** Without blanks, but between numbers: "1 5" is not "15". */
  readonly text: string;
  /** @returns whether there was another block. */
  goOn(): boolean;
}

function openRun(all: readonly BlockDifference[], start: number): Run {
  const blocks: BlockDifference[] = [];
  let text = '';
  const goOn = (): boolean => {
    const next = all[start + blocks.length];
    if (!next || next.why) return false;
    const more = FORMS.spacing(next.words);
    text += /\p{N}$/u.test(text.slice(-2)) && /^\p{N}/u.test(more) ? ` ${more}` : more;
    blocks.push(next);
    return true;
  };
  goOn();
  return {
    blocks,
    get text() {
      return text;
    },
    goOn,
  };
}
