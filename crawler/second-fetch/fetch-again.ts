import type { SecondFetchResult } from '../../archive/ledger/second-fetch.ts';
import type { Version } from '../../archive/records/record.ts';
import type { TrackingContext } from '../context.ts';
import { extractTerms, type Member } from '../extraction.ts';
import { FetchError } from '../fetch/fetch-error.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import { cssSelectors } from '../selectors.ts';
import type { TrackedTerms } from '../track.ts';
import { compareTexts } from './compare-texts.ts';

/** What comes of a second fetch. */
export type ResultOfSecondFetch = Exclude<SecondFetchResult, { outcome: 'awaited' }>;

/** A recorded change of the text. */
export interface RecordedChange {
  readonly item: TrackedTerms;
  readonly former: Version;
  readonly recorded: Version;
  /** What the recorded version was extracted from. */
  readonly members: readonly Member[];
}

/**
 * Fetches the source documents of a change once more, extracts them by the same declaration, and compares the texts. Of
 * combined terms only the members that are new since the former version are fetched. Nothing is recorded.
 *
 * @throws ArchiveError, the reason of an abort, and faults of ours; those of the document are in the result.
 */
export async function fetchAgain(
  { item: { service, terms }, former, recorded, members }: RecordedChange,
  fetcher: Fetcher,
  context: Omit<TrackingContext, 'fetcher'>,
): Promise<ResultOfSecondFetch> {
  const { recorder, signal } = context;
  const refetched = await Promise.all(
    members.map((member) => (former.snapshotIds.includes(member.snapshot.id) ? member : fetchMember(member))),
  ).catch((error: unknown) => {
    signal.throwIfAborted();
    if (error instanceof FetchError) return error;
    throw error;
  });
  if (refetched instanceof FetchError) {
    return { outcome: 'failed', reason: refetched.reason, message: refetched.message };
  }
  const extraction = await extractTerms(service, terms, refetched, { ...context, fetcher });
  if ('failure' in extraction) {
    const { reason, message } = extraction.failure;
    return { outcome: 'failed', reason, message };
  }
  const [before, after] = await Promise.all([recorder.content(former), recorder.content(recorded)]);
  const text = (content: Uint8Array): string => new TextDecoder().decode(content);
  return compareTexts(text(before), text(after), extraction.content);

  async function fetchMember({ document, snapshot }: Member): Promise<Member> {
    const { location, executeClientScripts, select } = document;
    const request = { location, executeClientScripts, select: cssSelectors(select), isAlone: true };
    const fetched = await fetcher.fetch(request, signal);
    if (fetched.kind === 'not-modified') throw new FetchError('server', `${location} answered 304 without being asked`);
    const content = typeof fetched.content === 'string' ? Buffer.from(fetched.content) : fetched.content;
    return { document, snapshot: { ...snapshot, mimeType: fetched.mimeType }, content };
  }
}
