import type { Fetcher } from './fetch/fetcher.ts';
import { cssSelectors } from './selectors.ts';
import type { TrackedTerms } from './track.ts';

type Request = Parameters<Fetcher['fetch']>[0];
type Answer = ReturnType<Fetcher['fetch']>;

/**
 * Several terms often stand in one document (a legal page with a section for each). Within a run such a document is
 * fetched once for all of them: kinder to the service, and its sections are compared at one moment. What is held for
 * the others is let go with the last of them; a failure is not shared with whoever asks after it.
 */
export function shareFetches(fetcher: Fetcher, items: readonly TrackedTerms[]): Fetcher {
  const wanted = new Map<string, { select: string[]; users: number }>();
  for (const { terms } of items) {
    for (const { location, executeClientScripts, select } of terms.sourceDocuments) {
      const key = keyOf({ location, executeClientScripts });
      const entry = wanted.get(key) ?? { select: [], users: 0 };
      wanted.set(key, { select: [...entry.select, ...cssSelectors(select)], users: entry.users + 1 });
    }
  }
  const held = new Map<string, { answer: Answer; uses: number }>();
  return {
    ...fetcher,
    fetch(request, signal) {
      const shared = wanted.get(keyOf(request));
      if (!shared || shared.users < 2) return fetcher.fetch(request, signal);
      // Terms whose snapshots are of different age ask with different validators, and may get different answers.
      const key = JSON.stringify([keyOf(request), request.validators]);
      const known = held.get(key);
      if (known) {
        known.uses++;
        if (known.uses === shared.users) held.delete(key);
        return known.answer;
      }
      const answer = fetcher.fetch({ ...request, select: [...new Set(shared.select)] }, signal);
      held.set(key, { answer, uses: 1 });
      answer.catch(() => held.delete(key));
      return answer;
    },
  };
}

const keyOf = ({ location, executeClientScripts }: Pick<Request, 'location' | 'executeClientScripts'>): string =>
  JSON.stringify([location, executeClientScripts]);
