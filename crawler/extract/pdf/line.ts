/** One line of a page, in the order of the file. Lengths in points, y from the lower edge. */
export interface PdfLine {
  readonly text: string;
  readonly x: number;
  readonly right: number;
  readonly y: number;
  /** Size of the type; of the larger part where a line has several. */
  readonly size: number;
}
