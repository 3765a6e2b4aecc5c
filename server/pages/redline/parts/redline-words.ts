/** What a redline says beside the terms' own words, in the reader's language. */
export interface RedlineWords {
  /** Of these words. */
  readonly language: string;
  readonly inserted: string;
  readonly deleted: string;
  readonly moved: string;
  readonly image: string;
  /** “moved from “Disputes””, or from a paragraph where the heading is the same or there is none. */
  movedFrom(heading: string | undefined, paragraph: number): string;
  /** At the place that it left. */
  movedTo(paragraph: number): string;
  /** 12 paragraphs unchanged */
  unchanged(count: number): string;
  /** Change 3 of 12 */
  change(number: number, of: number): string;
  readonly previous: string;
  readonly next: string;
  /** When did this paragraph appear? */
  readonly since: string;
  /** The same with the paragraph's number, for those who hear nothing else of it. */
  sinceOf(paragraph: number): string;
  /** In the place of a paragraph that has none, such as an address without words. */
  readonly wordless: string;
  readonly before: string;
  readonly after: string;
}

/** Where a redline's links lead; without one of them there is none. */
export interface RedlineLinks {
  /** The life of a paragraph of the former or the new version. @param place among its blocks, from 0 */
  readonly clause: ((side: 'before' | 'after', place: number) => string) | undefined;
}
