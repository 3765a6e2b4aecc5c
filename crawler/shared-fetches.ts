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
  const held = new Map<string, { asked: number; answers: Map<string | undefined, Answer> }>();
  return {
    ...fetcher,
    fetch(request, signal) {
      const shared = wanted.get(keyOf(request));
      if (!shared || shared.users < 2) return fetcher.fetch(request, signal);
      // Terms whose snapshots are of different age ask with different validators, and may get different answers.
      const key = JSON.stringify(request.validators);
      const place = held.get(keyOf(request)) ?? { asked: 0, answers: new Map<string | undefined, Answer>() };
      held.set(keyOf(request), place);
      if (++place.asked >= shared.users) held.delete(keyOf(request));
      const known = place.answers.get(key);
      if (known) return known;
      const answer = fetcher.fetch({ ...request, select: [...new Set(shared.select)] }, signal);
      place.answers.set(key, answer);
      answer.catch(() => place.answers.delete(key));
      return answer;
    },
  };
}

const keyOf = ({ location, executeClientScripts }: Pick<Request, 'location' | 'executeClientScripts'>): string =>
  JSON.stringify([location, executeClientScripts]);
