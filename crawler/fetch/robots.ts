import robotsParserModule from 'robots-parser';
import { FetchError } from './fetch-error.ts';

/** The rules of robots.txt (RFC 9309). */
export interface Robots {
  /** @throws FetchError `blocked` where they forbid the location; the reason of an abort. */
  check(url: URL, signal?: AbortSignal): Promise<void>;
}

/** Status and text of one robots.txt, of which the first `ROBOTS_BYTES` are enough. Faults are thrown. */
export type FetchRobots = (url: URL, signal?: AbortSignal) => Promise<{ status: number; text: string }>;

type Decision = (location: string) => boolean;

const KEPT_FOR = 24 * 60 * 60 * 1000;
/** RFC 9309, 2.5: at least 500 KiB must be read. */
export const ROBOTS_BYTES = 500 * 1024;

// The package is CommonJS, but its types claim a default export.
const parseRobots = robotsParserModule as unknown as typeof robotsParserModule.default;

/** What rules name: in `Mozilla/5.0 (compatible; Clausewatch/1.0)` the product after "compatible", else the first. */
export function productOf(userAgent: string): string {
  const [, named = userAgent.split(/[/\s]/, 1)[0] ?? userAgent] = /\(compatible;\s*([^/;)\s]+)/.exec(userAgent) ?? [];
  return named;
}

/**
 * Rules are kept for 24 hours per origin. A missing file (4xx) allows everything, one that cannot be had (5xx, network)
 * nothing.
 *
 * @param userAgent its product, the part before the slash, is what the rules name
 */
export function createRobots(userAgent: string, fetchRobots: FetchRobots, clock: () => Date): Robots {
  const product = productOf(userAgent);
  const known = new Map<string, { until: number; decision: Promise<Decision> }>();

  async function load(origin: string, signal: AbortSignal | undefined): Promise<Decision> {
    const url = new URL('/robots.txt', origin);
    try {
      const { status, text } = await fetchRobots(url, signal);
      if (status >= 500) return () => false;
      if (status < 200 || status >= 300) return () => true;
      const rules = parseRobots(url.href, text);
      return (location) => rules.isAllowed(location, product) ?? true;
    } catch {
      signal?.throwIfAborted();
      return () => false;
    }
  }

  return {
    async check(url, signal) {
      const now = clock().getTime();
      let entry = known.get(url.origin);
      if (!entry || entry.until <= now) {
        entry = { until: now + KEPT_FOR, decision: load(url.origin, signal) };
        known.set(url.origin, entry);
        // One run's abort says nothing to the next.
        entry.decision.catch(() => known.delete(url.origin));
      }
      const isAllowed = await entry.decision;
      if (isAllowed(url.href)) return;
      throw new FetchError(
        'blocked',
        `${url.origin}/robots.txt does not let ${product} fetch ${url.href}, or cannot be had; ask the service, or switch "robots" off`,
      );
    },
  };
}
