import type { DocumentMemory, RememberedState } from './documents/document-memory.ts';

/** A state that the document had before. */
export interface KnownState {
  /** When it was last recorded, milliseconds since 1970. */
  readonly date: number;
  /** How often it was recorded before. */
  readonly times: number;
  /** When another state took its place, milliseconds since 1970. */
  readonly left: number;
  /** States recorded since then. */
  readonly ago: number;
}

const STATES = 20;
const DAYS = 90 * 86_400_000;
const WITHDRAWN_DAYS = 21 * 86_400_000;

/**
 * Whether the document had this state before: among its last 20 or within 90 days, or a second time at any distance. Real
 * flips were seen up to 310 days apart, genuine reversions after 97 and 296: the distance alone tells nothing, so a first
 * return after a long time is told apart by `isFirstReturnAfterLong`.
 *
 * @param memory whose last state is the one before this.
 */
export function knownState({ states }: DocumentMemory, hash: string, date: number): KnownState | undefined {
  const place = states.findLastIndex((state) => state.hash === hash);
  const last = states[place];
  if (!last) return undefined;
  const times = states.filter((state) => state.hash === hash).length;
  const ago = states.length - place;
  const left = states[place + 1]?.date ?? last.date;
  const isNear = ago <= STATES + 1 || Math.abs(date - left) <= DAYS || times > 1;
  return isNear ? { date: last.date, left, times, ago } : undefined;
}

/**
 * A state that was recorded once, long ago, and comes back for the first time after weeks without it: perhaps a rule that
 * was withdrawn. Captures of something else last days at most: of fifteen such returns in real archives, those after less
 * than three weeks were none.
 */
export const isFirstReturnAfterLong = ({ times, date, left }: KnownState, now: number): boolean =>
  times === 1 && now - date > DAYS && now - left >= WITHDRAWN_DAYS;

/** How often two states took turns: … a b a b counts 3. */
export function alternations(states: readonly RememberedState[], a: string, b: string): number {
  let count = 0;
  let former: string | undefined;
  for (const { hash } of states) {
    if (hash !== a && hash !== b) continue;
    if (former !== undefined && former !== hash) count++;
    former = hash;
  }
  return count;
}
