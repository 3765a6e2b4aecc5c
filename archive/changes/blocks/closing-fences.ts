import { emptyReading, readLine } from './markdown-line.ts';

/** Lines that can close fenced code with one mark, in their order. */
interface Closings {
  /** Where the lines end. */
  readonly ends: number[];
  readonly starts: number[];
  readonly counts: number[];
  /** Place of the next line with more marks, -1 where there is none. */
  readonly nextLonger: number[];
  /** The first line that was not before the last question. */
  next: number;
}

/** Where fenced code ends. */
export interface ClosingFences {
  /**
   * End of the first line from `from` on that closes a fence, 0 where there is none. To be asked from the beginning of the
   * text to its end.
   *
   * @param mark one backtick or tilde
   * @param length how many of them the fence has: what closes it has as many or more
   */
  endAfter(from: number, mark: string, length: number): number;
}

/**
 * Notes once which lines can close fences: looked for from each fence, a text of fences that nothing closes, each shorter
 * than the one before, took 6 s for 2 MB. A question takes no more steps than its fence has marks, since each step leads to
 * a line with more of them.
 */
export function findClosingFences(text: string, from: number): ClosingFences {
  const byMark = new Map<string, Closings>();
  const line = emptyReading();
  for (let start = from; start < text.length; ) {
    const lineFeed = text.indexOf('\n', start);
    const end = lineFeed < 0 ? text.length : lineFeed;
    readLine(text, start, end, line);
    if (line.sign === 'fence' && line.contentStart + line.count === line.contentEnd) {
      const mark = text.charAt(line.contentStart);
      const closings = byMark.get(mark) ?? { starts: [], ends: [], counts: [], nextLonger: [], next: 0 };
      byMark.set(mark, closings);
      closings.starts.push(start);
      closings.ends.push(end);
      closings.counts.push(line.count);
    }
    start = end + 1;
  }
  for (const closings of byMark.values()) linkToLonger(closings);

  return {
    endAfter(after, mark, length) {
      const closings = byMark.get(mark);
      if (!closings) return 0;
      const { starts, ends, counts, nextLonger } = closings;
      while ((starts[closings.next] ?? Number.POSITIVE_INFINITY) < after) closings.next++;
      let place = closings.next < starts.length ? closings.next : -1;
      while (place >= 0 && (counts[place] ?? 0) < length) place = nextLonger[place] ?? -1;
      return ends[place] ?? 0;
    },
  };
}

function linkToLonger({ counts, nextLonger }: Closings): void {
  /** Places whose longer one is not met yet, the longest first. */
  const open: number[] = [];
  counts.forEach((count, place) => {
    nextLonger.push(-1);
    for (let last = open.at(-1); last !== undefined && (counts[last] ?? 0) < count; last = open.at(-1)) {
      nextLonger[last] = place;
      open.pop();
    }
    open.push(place);
  });
}
