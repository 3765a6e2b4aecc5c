import { createHash } from 'node:crypto';
import type { ClauseWording, RedlineBlock } from '../../api/contract.ts';
import type { PageContext } from '../page-context.ts';

/**
 * Each wording as a redline against the one before it; the first, where none is before it, unmarked.
 *
 * @param earlier the wording before the first
 */
export async function compareWordings(
  { deps, c }: PageContext,
  wordings: readonly ClauseWording[],
  earlier: ClauseWording | undefined,
): Promise<(readonly RedlineBlock[])[]> {
  const compared: (readonly RedlineBlock[])[] = [];
  let former = earlier;
  // One after the other: a clause with many wordings is to leave threads to others.
  for (const wording of wordings) {
    const before = sideOf((former ?? wording).markdown);
    const { blocks } = await deps.queries.redline(before, sideOf(wording.markdown), c.req.raw.signal);
    compared.push(blocks);
    former = wording;
  }
  return compared;
}

/** The cache of redlines knows a text by the name of its content; a block has none in git. */
const sideOf = (markdown: string) => {
  // By itself, an item deep in a list would be read as code.
  const own = markdown.trimStart();
  return {
    blob: `wording ${createHash('sha256').update(own).digest('base64url')}`,
    content: async () => own,
  };
};
