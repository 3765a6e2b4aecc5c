/** Versions in which a block stands without a break: from one `seq` until another (exclusive), null while it stands. */
export type Span = [from: number, until: number | null];

/** Reads the column `spans`. */
export function toSpans(value: unknown): Span[] {
  const spans: unknown = typeof value === 'string' ? JSON.parse(value) : undefined;
  if (!Array.isArray(spans)) throw new TypeError('Column spans holds no list');
  return spans.map(([from, until]: [unknown, unknown]) => [Number(from), until === null ? null : Number(until)]);
}

/** Reads a JSON list of several columns `spans`. */
export function toSpansOfAll(value: unknown): Span[] {
  const columns: unknown = typeof value === 'string' ? JSON.parse(value) : undefined;
  if (!Array.isArray(columns)) throw new TypeError('This is no list of spans');
  return columns.flatMap(toSpans);
}

/** When any of several things stood: spans of all of them, oldest first, those that touch or overlap as one. */
export function united(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const [from, until] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (!last || (last[1] !== null && last[1] < from)) result.push([from, until]);
    else if (last[1] !== null && (until === null || until > last[1])) last[1] = until;
  }
  return result;
}
