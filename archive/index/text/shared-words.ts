const WORDS = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;
/** Words that a text and a passage share are marked from this many in a row on. */
const LEAST_IN_A_ROW = 3;

type Range = readonly [start: number, end: number];

/**
 * Where a text has words in a row that a passage has too, as ranges of the text. Of a script without spaces, which has no
 * words, each run of letters counts as one.
 */
export function sharedWords(passage: string): (text: string) => Range[] {
  const words = (passage.match(WORDS) ?? []).map((word) => word.toLowerCase());
  // A passage of fewer words than a row is one row itself.
  const inARow = Math.max(1, Math.min(LEAST_IN_A_ROW, words.length));
  const known = new Set(words.map((_, start) => words.slice(start, start + inARow).join(' ')));
  return (text) => {
    const found = Array.from(text.matchAll(WORDS), ({ 0: word, index }) => ({ word: word.toLowerCase(), index }));
    const ranges: [number, number][] = [];
    for (let place = 0; place + inARow <= found.length; place++) {
      const row = found.slice(place, place + inARow);
      if (!known.has(row.map(({ word }) => word).join(' '))) continue;
      const start = row[0]?.index ?? 0;
      const end = (row.at(-1)?.index ?? 0) + (row.at(-1)?.word.length ?? 0);
      const last = ranges.at(-1);
      if (last && start <= last[1]) last[1] = end;
      else ranges.push([start, end]);
    }
    return merged(ranges, text);
  };
}

/** With nothing but signs between them, they are one. */
function merged(ranges: readonly Range[], text: string): Range[] {
  const result: [number, number][] = [];
  for (const [start, end] of ranges) {
    const last = result.at(-1);
    if (last && !/[\p{L}\p{N}]/u.test(text.slice(last[1], start))) last[1] = end;
    else result.push([start, end]);
  }
  return result;
}
