import { plainText } from '../../../archive/changes/blocks/plain-text.ts';
import { splitBlocks } from '../../../archive/changes/blocks/split-blocks.ts';
import type { ClauseHistory } from '../../../archive/index/clause.ts';
import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';
import { findCollection, findVersion, notFound, quoted } from '../../api/find.ts';
import { incompleteAmong, refuseIncompleteText } from '../../api/incomplete-text.ts';
import { LONGEST_TEXT } from '../../api/longest-text.ts';
import type { PageHandler } from '../pages.ts';

/** “When did this paragraph appear?”: leads from a paragraph of a version to the life of its clause. */
export const answerParagraph: PageHandler = async ({ c, deps, to }) => {
  const { collection: id = '', service = '', type = '', id: versionId = '', place = '' } = c.req.param();
  const collection = findCollection(deps.collections, id);
  const version = findVersion(collection, collection.index(), versionId, { service, type });
  const block = /^\d{1,7}$/.test(place) ? splitBlocks(await collection.content(version))[Number(place)] : undefined;
  if (!block) throw notFound(`The version has no paragraph ${quoted(place)}.`, 'Paragraphs are counted from 0.');
  const incomplete = incompleteAmong([collection]);
  const text = plainText(block.markdown).slice(0, LONGEST_TEXT);
  const passage = { serviceId: version.serviceId, termsType: version.termsType, text };
  const histories = text === '' ? [] : await deps.queries.passageHistory(collection, passage, c.req.raw.signal);
  const found = bestOf(histories, block.markdown, version);
  if (found) return c.redirect(to.clause(collection.id, found.clauseId));
  refuseIncompleteText(incomplete);
  throw notFound('The life of this paragraph is not known: it has no words that can be looked for.', '');
};

/** The clause with exactly that wording, in the time of that version where there are several; else the likeliest. */
function bestOf(histories: readonly ClauseHistory[], markdown: string, version: IndexedVersion) {
  const at = version.fetchDate.getTime();
  const same = histories.filter(({ wordings }) => wordings.some((wording) => wording.markdown === markdown));
  const standing = same.find(({ life: { appeared, disappeared } }) => {
    const isGone = disappeared !== undefined && disappeared.by.getTime() <= at;
    return appeared.by.getTime() <= at && !isGone;
  });
  return standing ?? same[0] ?? histories[0];
}
