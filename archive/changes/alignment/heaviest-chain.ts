/** A possible pair: places in two sequences and what the pair is worth. */
export interface Candidate {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/**
 * Of possible pairs, those that keep the order on both sides and are worth most together; each place is used once.
 * Work grows as n log n.
 */
export function heaviestChain(candidates: readonly Candidate[]): Candidate[] {
  // Those of one `from` come with descending `to`, so that no two of them can follow each other.
  const ordered = [...candidates].sort((a, b) => a.from - b.from || b.to - a.to);
  const places = [...new Set(ordered.map(({ to }) => to))].sort((a, b) => a - b);
  const rank = new Map(places.map((to, place) => [to, place + 1]));
  /** Fenwick tree over ranks: the candidate with which the heaviest chain ends, among those below a rank. */
  const tree = new Int32Array(places.length + 1).fill(-1);
  const total = new Float64Array(ordered.length);
  const before = new Int32Array(ordered.length).fill(-1);
  let last = -1;
  for (const [place, { to, weight }] of ordered.entries()) {
    const own = rank.get(to) ?? 0;
    let best = -1;
    for (let at = own - 1; at > 0; at -= at & -at) {
      const other = tree[at] ?? -1;
      if (other >= 0 && (best < 0 || (total[other] ?? 0) > (total[best] ?? 0))) best = other;
    }
    before[place] = best;
    total[place] = weight + (best < 0 ? 0 : (total[best] ?? 0));
    for (let at = own; at < tree.length; at += at & -at) {
      const other = tree[at] ?? -1;
      if (other < 0 || (total[place] ?? 0) > (total[other] ?? 0)) tree[at] = place;
    }
    if (last < 0 || (total[place] ?? 0) > (total[last] ?? 0)) last = place;
  }
  const chain: Candidate[] = [];
  for (let place = last; place >= 0; place = before[place] ?? -1) {
    const candidate = ordered[place];
    if (candidate) chain.push(candidate);
  }
  return chain.reverse();
}
