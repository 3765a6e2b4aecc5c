import { styleText } from 'node:util';
import { openBatchReader } from '../archive/git/batch-reader.ts';
import { locateRepository } from '../archive/git/git-location.ts';
import type { IndexedVersion } from '../archive/index/indexed-record.ts';
import { factsOf } from './change-text.ts';
import { type ListedChange, type OpenCollection, toListedChange } from './changes-of-collections.ts';
import { redlineAsText } from './redline-text.ts';

/**
 * The changes of one record: of a commit there may be several. Ids may be shortened to seven digits.
 *
 * @returns undefined where the collection has no such record.
 */
export function findChanges(open: OpenCollection, id: string): readonly ListedChange[] | undefined {
  const version = open.reader.versionById(id);
  if (!version) return undefined;
  return open.reader.versionsOfCommit(version.id).flatMap((one) => toListedChange(open, one) ?? []);
}

/** All that is known of a change, with its redline, for a terminal. */
export async function explainChange(
  open: OpenCollection,
  change: ListedChange,
  stream: NodeJS.WriteStream,
): Promise<string> {
  const { serviceId, termsType, date, commit, language, statedDates, wordsAdded, wordsRemoved, undoes, note, reasons } =
    change;
  const version = versionOf(open, change);
  const before = version && open.reader.versionBefore(version);
  const title = styleText('bold', `${open.collection.id}: ${serviceId} · ${termsType}`, { stream });
  const lines = [
    title,
    `  recorded   ${date} as ${commit}`,
    `  before     ${before ? `${before.fetchDate.toISOString()} as ${before.id}` : 'no earlier version in the index'}`,
    `  judged     ${factsOf(change).join(' · ')}`,
    ...(change.topics === null ? [`  topics     not available in ${language ?? 'the language of this text'}`] : []),
    `  words      ${wordsAdded} added, ${wordsRemoved} removed`,
    ...statedDates.map(({ date: day, kind }) => `  ${kind.padEnd(10)} ${day}`),
    ...undoes.map((id) => `  undoes     ${id}`),
    ...(note ? [`  ledger     ${note.kind}, ${note.date}`] : []),
    '',
    ...reasons.map((reason) => `  ${reason}`),
  ];
  if (version && before) {
    const [former, latter] = await contentsOf(open, [before, version]);
    lines.push('', redlineAsText(former ?? '', latter ?? '', stream));
  }
  return lines.join('\n');
}

const versionOf = ({ reader }: OpenCollection, { commit, serviceId, termsType }: ListedChange) =>
  reader.versionsOfCommit(commit).find((version) => version.serviceId === serviceId && version.termsType === termsType);

/** @throws ArchiveError where the repository does not hold them. */
async function contentsOf({ collection }: OpenCollection, versions: readonly IndexedVersion[]): Promise<string[]> {
  const location = await locateRepository(collection.versionsDirectory);
  if (!location) return [];
  const reader = openBatchReader(location);
  try {
    const contents = await Promise.all(versions.map(({ blob }) => reader.read(blob)));
    return contents.map((content) => new TextDecoder().decode(content));
  } finally {
    await reader.close();
  }
}
