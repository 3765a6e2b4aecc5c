import { type Piece, type Segment, segmentsOf } from '../../../archive/changes/redline/segments.ts';
import type { RedlineBlock } from '../../../server/api/contract.ts';
import type { Words } from '../../words/make-words.ts';
import { type Child, element } from '../element.ts';
import { limited, shortened } from './shorten.ts';

/** Longer addresses are cut: the website has them whole. */
const LONGEST_TARGET = 120;
const MOST_BLANKS = 20;
/** Characters that are seen only where they are all that changed. */
const SHOWN: Readonly<Record<string, string>> = { '\n': '↵', ' ': '␣', '\t': '⇥', '\u{a0}': '°' };

/**
 * The words of a block, marked as inserted and deleted, to the eye and to readers of screens. Markdown's signs are left out
 * but where they, or the address of a link, are what changed.
 */
export function redlineText(block: RedlineBlock, words: Words): Child[] {
  const segments = segmentsOf(limited(block));
  // The label of a block that is new or gone as a whole stands above it.
  const isLabelled = block.kind === 'inserted' || block.kind === 'deleted';
  return segments.flatMap((segment, place): Child[] => {
    if (segment.kind !== 'equal') return marked(segment, segment.kind, isLabelled, words);
    const text = shortened(wordsOf(segment.pieces), { isFirst: place === 0, isLast: place === segments.length - 1 });
    if (text === '') return [];
    return [block.kind === 'moved' ? element('span', { class: 'same' }, [text]) : text];
  });
}

function marked({ pieces }: Segment, kind: 'inserted' | 'deleted', isLabelled: boolean, words: Words): Child[] {
  const shown = changed(pieces);
  if (shown.length === 0) return [];
  const hidden = (text: string): HTMLElement => element('span', { class: 'visually-hidden' }, [text]);
  const label = words(`redline_${kind}`);
  return [
    element(
      kind === 'inserted' ? 'ins' : 'del',
      {},
      isLabelled
        ? shown
        : [
            element('span', { class: 'visually-hidden', lang: words.language }, [` [${label}: `]),
            ...shown,
            hidden('] '),
          ],
    ),
  ];
}

/** Words, and where links lead; the signs themselves where nothing else changed. */
function changed(pieces: readonly Piece[]): Child[] {
  const text = pieces.map((piece) => piece.text).join('');
  if (text.trim() === '') return [visible(text)];
  const hasWords = pieces.some(
    (piece) => leadsElsewhere(piece) || (piece.sign === undefined && piece.text.trim() !== ''),
  );
  if (!hasWords) return [element('span', { class: 'target' }, [text])];
  return pieces.map((piece) => (leadsElsewhere(piece) ? targetOf(piece) : wordsOf([piece])));
}

/** Where a link leads, or an image comes from. */
const leadsElsewhere = ({ sign }: Piece): boolean => sign === 'target' || sign === 'source';

/** Without signs; cells and lines that a sign divides stay divided. */
const wordsOf = (pieces: readonly Piece[]): string =>
  pieces.map(({ text, sign }) => (sign === undefined ? text : sign === 'bar' || sign === 'break' ? ' ' : '')).join('');

function targetOf({ text }: Piece): Child {
  const target = text.replace(/^\]\(|\)$/g, '');
  const short = target.length > LONGEST_TARGET ? `${target.slice(0, LONGEST_TARGET)}…` : target;
  return element('span', { class: 'target', dir: 'ltr' }, [` (${short})`]);
}

const visible = (blanks: string): string =>
  Array.from(blanks.slice(0, MOST_BLANKS), (blank) => SHOWN[blank] ?? '␣').join('');
