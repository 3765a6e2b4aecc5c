import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { parseLight } from '../../../crawler/extract/light-dom/parse.ts';
import {
  cloneContents,
  createRange,
  type DocumentRange,
  deleteContents,
  removeNode,
} from '../../../crawler/extract/ranges.ts';

type Side = 'before' | 'after';
interface Ends {
  readonly from: number;
  readonly fromSide: Side;
  readonly to: number;
  readonly toSide: Side;
}

const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc
    .array(
      fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('text', '<!--c-->'),
        tie('tree').map((inner) => `<div>${inner}</div>`),
      ),
      { minLength: 1, maxLength: 5 },
    )
    .map((parts) => parts.join('')),
}));
const side = fc.constantFrom<Side>('before', 'after');
const ends: fc.Arbitrary<Ends> = fc.record({ from: fc.nat(50), fromSide: side, to: fc.nat(50), toSide: side });

const page = (html: string): string => `<!doctype html><body><div>${html}</div></body>`;
/** All elements below the root, which has no place before it that a document fragment could take. */
const elementsOf = (document: Document): Element[] => Array.from(document.getElementsByTagName('div'));
const at = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('no items');
  return item;
};

function ours(document: Document, { from, fromSide, to, toSide }: Ends): DocumentRange {
  const elements = elementsOf(document);
  return createRange({ from: at(elements, from), fromSide, to: at(elements, to), toSide });
}

function theirs(document: Document, { from, fromSide, to, toSide }: Ends): Range {
  const elements = elementsOf(document);
  const range = document.createRange();
  if (fromSide === 'before') range.setStartBefore(at(elements, from));
  else range.setStartAfter(at(elements, from));
  if (toSide === 'before') range.setEndBefore(at(elements, to));
  else range.setEndAfter(at(elements, to));
  return range;
}

function htmlOf(document: Document, content: Node): string {
  const holder = document.createElement('div');
  holder.appendChild(content);
  return holder.innerHTML;
}

test('copies what the standard ranges copy', () => {
  fc.assert(
    fc.property(tree, ends, (html, where) => {
      const { document } = new JSDOM(page(html)).window;
      const light = parseLight(page(html), 'https://a.example/');
      const expected = htmlOf(document, theirs(document, where).cloneContents());
      expect(htmlOf(document, cloneContents(ours(document, where), document))).toBe(expected);
      expect(htmlOf(light, cloneContents(ours(light, where), light))).toBe(expected);
    }),
    { numRuns: 150 },
  );
});

test('removes what the standard ranges remove, also after elements and other ranges were removed', () => {
  fc.assert(
    fc.property(
      tree,
      fc.array(ends, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(50), { maxLength: 3 }),
      (html, all, gone) => {
        const { document } = new JSDOM(page(html)).window;
        const liveRanges = all.map((where) => theirs(document, where));
        for (const element of gone.map((index) => at(elementsOf(document), index))) element.remove();
        for (const range of liveRanges) range.deleteContents();

        const light = parseLight(page(html), 'https://a.example/');
        const ranges = all.map((where) => ours(light, where));
        for (const element of gone.map((index) => at(elementsOf(light), index))) removeNode(element, ranges);
        for (const range of ranges)
          deleteContents(
            range,
            ranges.filter((other) => other !== range),
          );
        expect(light.body.outerHTML).toBe(document.body.outerHTML);
      },
    ),
    { numRuns: 200 },
  );
});
