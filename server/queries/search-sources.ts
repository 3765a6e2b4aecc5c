import type { TextHit, TextHits, TextQuery } from '../../archive/index/clause.ts';
import { IndexUnavailableError } from '../../archive/index/index-error.ts';
import type { IndexReader } from '../../archive/index/index-reader.ts';
import type { QuerySource, SourceMentionQuery, SourceQuery } from './query-pool.ts';
import type { TaskResults, UnavailableIndex } from './query-task.ts';
import type { ThreadReaders } from './thread-readers.ts';

/** What an index gives at once. */
const HITS_AT_ONCE = 100;

/** Searches one index after the other; one that cannot be read does not keep the others from being read. */
export const searchSources = (readers: ThreadReaders, queries: readonly SourceQuery[]): TaskResults['search'] =>
  queries.map(({ source, query }) => ofSource(readers, source, (reader) => firstHits(reader, query)));

/** Likewise, which terms hold something. */
export const mentionsIn = (readers: ThreadReaders, queries: readonly SourceMentionQuery[]): TaskResults['mentions'] =>
  queries.map(({ source, query }) => ofSource(readers, source, (reader) => reader.mentions(query)));

function ofSource<Found>(
  readers: ThreadReaders,
  source: QuerySource,
  ask: (reader: IndexReader) => Found,
): { readonly found: Found } | { readonly unavailable: UnavailableIndex } {
  try {
    return { found: readers.with(source, ask) };
  } catch (error) {
    if (!(error instanceof IndexUnavailableError)) throw error;
    return { unavailable: { name: error.name, message: error.message, reason: error.reason } };
  }
}

function firstHits(reader: IndexReader, query: TextQuery): TextHits {
  if (query.after !== undefined) return reader.search(query);
  const hits: TextHit[] = [];
  for (;;) {
    const limit = Math.min(query.limit - hits.length, HITS_AT_ONCE);
    const part = reader.search({ ...query, limit, offset: (query.offset ?? 0) + hits.length });
    hits.push(...part.hits);
    if (part.hits.length < limit || hits.length >= query.limit) return { ...part, hits };
  }
}
