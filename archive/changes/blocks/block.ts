export type BlockKind = 'heading' | 'paragraph' | 'list-item' | 'table-row' | 'code' | 'rule';

/** The smallest part of a version that is compared as a whole. The blocks of a version, in order, make its text again. */
export interface Block {
  readonly kind: BlockKind;
  /** Exactly as recorded, marks of heading and list included, without the white space after it. Empty only in a text's first block, for blank lines it begins with. */
  readonly markdown: string;
  /** White space that follows it, such as two line feeds. */
  readonly gap: string;
  /** Of a heading, 1 to 6. */
  readonly level: number | undefined;
  /** Plain texts of the headings above it, outermost first; a heading's own is not among them. */
  readonly headings: readonly string[];
}
