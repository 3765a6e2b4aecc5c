/** Versions in which a block stands without a break: from one `seq` until another (exclusive), null while it stands. */
export type Span = [from: number, until: number | null];

/** Reads the column `spans`. */
export function toSpans(value: unknown): Span[] {
  const spans: unknown = typeof value === 'string' ? JSON.parse(value) : undefined;
  if (!Array.isArray(spans)) throw new TypeError('Column spans holds no list');
  return spans.map(([from, until]: [unknown, unknown]) => [Number(from), until === null ? null : Number(until)]);
}
