import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';
import { undoneVersions } from '../alert-overlay.ts';
import type { AnalysisOverlay, ChangeAnalysis, TopicsUnavailable, VersionReference } from '../contract.ts';

/**
 * How a change was judged, for readers; null where it was not.
 *
 * @param api address of the API, without a slash at the end
 */
export function toAnalysis(collection: ServedCollection, version: IndexedVersion, api: string): ChangeAnalysis | null {
  const { analysis } = version;
  if (!analysis) return null;
  const { topics, language } = analysis;
  return {
    class: analysis.class,
    state: analysis.state,
    alert: analysis.alert,
    significance: analysis.significance,
    topics,
    topicsUnavailable: topics === null ? topicsUnavailable(language) : null,
    language: language ?? null,
    statedDates: analysis.statedDates,
    wordsAdded: analysis.wordsAdded,
    wordsRemoved: analysis.wordsRemoved,
    undoes: undoneVersions(collection, version).map((undone) => toReference(collection.id, undone, api)),
    overlay: toOverlay(collection, version),
    reasons: `${api}${versionPath(collection.id, version, '/analysis')}`,
  };
}

/** @param api address of the API, without a slash at the end */
export const toReference = (collection: string, version: IndexedVersion, api: string): VersionReference => ({
  versionId: version.id,
  fetchDate: version.fetchDate.toISOString(),
  link: `${api}${versionPath(collection, version)}`,
});

/** What to say where there is no lexicon for a language. */
export const topicsUnavailable = (language: string | undefined): TopicsUnavailable => ({
  language: language ?? null,
  message:
    language === undefined
      ? 'Topics are not available: the language of the text is not clear.'
      : `Topics are not available in ${LANGUAGES.of(language)}.`,
});

const LANGUAGES = new Intl.DisplayNames(['en'], { type: 'language' });

function toOverlay(collection: ServedCollection, version: IndexedVersion): AnalysisOverlay | null {
  const note = collection.alertOverlay().note(version);
  return note ? { kind: note.kind, date: note.date.toISOString() } : null;
}

/** Path of a version under the API's address. The terms are named, as one commit may hold several. */
function versionPath(collection: string, { id, serviceId, termsType }: IndexedVersion, part = ''): string {
  const names = new URLSearchParams({ service: serviceId, type: termsType });
  return `/collections/${encodeURIComponent(collection)}/versions/${id}${part}?${names}`;
}
