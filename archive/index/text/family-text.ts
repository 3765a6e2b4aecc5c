import type { DatabaseSync } from 'node:sqlite';
import { blockHash, clauseNumber } from './block-hash.ts';
import type { BlockStore } from './block-store.ts';
import { pairBlocks } from './pair-blocks.ts';
import type { PendingVersion, TermsOfText } from './pending-versions.ts';
import type { Standing, StandingStore } from './standing-store.ts';
import type { UnreadVersions } from './unread-versions.ts';
import { NO_BLOCKS, type VersionBlocks } from './version-blocks.ts';
import type { VersionTexts } from './version-texts.ts';

interface Stores {
  readonly blocks: BlockStore;
  readonly standings: StandingStore;
  readonly texts: VersionTexts;
  readonly unread: UnreadVersions;
}

/** The text of one family of terms as it grows version by version. */
export interface FamilyText {
  /** Takes the next version in commit order. One whose text cannot be read is noted and changes nothing. */
  take(version: PendingVersion): Promise<void>;
}

/** What stands in terms: those of the latest version taken. */
interface State {
  readonly blocks: VersionBlocks;
  readonly terms: number;
}

export function createFamilyText(database: DatabaseSync, terms: readonly TermsOfText[], stores: Stores): FamilyText {
  const latest = database.prepare(
    `SELECT seq, blob FROM version WHERE terms = ? AND seq <= ? AND seq NOT IN (SELECT value FROM json_each(?))
     ORDER BY seq DESC LIMIT 1`,
  );
  const first = database.prepare(
    'SELECT min(seq) AS seq FROM version WHERE terms = ? AND seq NOT IN (SELECT value FROM json_each(?))',
  );
  const inForce = database.prepare(
    `SELECT ifnull(b.markdown, b.text) AS markdown FROM standing s JOIN block b ON b.id = s.block
     WHERE s.terms = ? AND s.until_seq IS NULL ORDER BY s.block`,
  );
  const names = new Map(terms.map((name) => [name.id, name]));
  const states = new Map<number, VersionBlocks>();
  const { blocks: store, standings, texts, unread } = stores;

  /** The latest version of terms of which the text is stored; undefined where there is none. */
  async function stateOf(id: number, textSeq: number): Promise<VersionBlocks | undefined> {
    const known = states.get(id);
    if (known) return known;
    const row = textSeq > 0 ? latest.get(id, textSeq, unread.list()) : undefined;
    if (!row || !(row.blob instanceof Uint8Array)) return undefined;
    const seq = Number(row.seq);
    const isSucceeded = terms.some((later) => later.formerly === id && isBegunAfter(later, seq));
    const blocks = isSucceeded
      ? NO_BLOCKS
      : ((await texts.blocks({ seq, blob: row.blob.toHex() })) ?? blocksInForce(id));
    states.set(id, blocks);
    return blocks;
  }

  /** What stands, without its order: of a version that was read once and cannot be any more. */
  function blocksInForce(id: number): VersionBlocks {
    const markdown = inForce.all(id).map((row) => String(row.markdown));
    const length = markdown.reduce((sum, block) => sum + block.length, 0);
    const places = new Map(markdown.map((block, place) => [block, place]));
    return { markdown, places, headings: new Int32Array(markdown.length).fill(-1), length };
  }

  function isBegunAfter({ id, textSeq }: TermsOfText, seq: number): boolean {
    const begin = Number(first.get(id, unread.list())?.seq ?? 0);
    return begin > seq && begin <= textSeq;
  }

  /** What stood before a version: the former one of its terms, or the last one under their former name. */
  async function formerState({ id, formerly, textSeq }: TermsOfText): Promise<State> {
    const own = await stateOf(id, textSeq);
    const before = formerly === undefined || own ? undefined : names.get(formerly);
    const inherited = before && (await stateOf(before.id, before.textSeq));
    return before && inherited ? { blocks: inherited, terms: before.id } : { blocks: own ?? NO_BLOCKS, terms: id };
  }

  async function take({ seq, terms: id, blob }: PendingVersion): Promise<void> {
    const name = names.get(id);
    if (!name) throw new TypeError(`Version ${seq} belongs to other terms`);
    const former = await formerState(name);
    const after = await texts.blocks({ seq, blob });
    unread.note(seq, !after);
    if (!after) return;
    states.set(id, after);
    if (former.terms !== id) {
      // Nothing stands under the former name any more.
      states.set(former.terms, NO_BLOCKS);
      succeed(seq, name, former, after);
    } else if (former.blocks !== after) await advance(seq, name, former.blocks, after);
  }

  /** The next version under the same name. */
  async function advance(seq: number, name: TermsOfText, before: VersionBlocks, after: VersionBlocks): Promise<void> {
    const removed = placesOnlyIn(before, after);
    const added = placesOnlyIn(after, before);
    for (const place of removed) end(seq, idAt(before, place), name.id);
    const gone: number[] = [];
    const unknown = added.filter((place) => {
      const since = returns(seq, idAt(after, place), name.id);
      if (since !== undefined) gone.push(since);
      return since === undefined;
    });
    const pairs = pairBlocks(before, after, unknown, removed);
    const unpaired = unknown.filter((place) => !pairs.has(place));
    const earlier = unpaired.length > 0 ? await stateBeforeAbsence(name.id, added.length, gone) : undefined;
    const bridged = earlier ? pairBlocks(earlier, after, unpaired, placesOnlyIn(earlier, after)) : undefined;
    for (const place of unknown) {
      const clause =
        clauseAt(before, pairs.get(place), name.id) ?? (earlier && clauseAt(earlier, bridged?.get(place), name.id));
      begin(seq, name, after, place, clause);
    }
  }

  /**
   * Where most of what is new came back, as after a faulty capture: the version before it went. What was edited meanwhile
   * continues what stood there.
   *
   * @param gone places (seq) at which the blocks that came back had gone
   */
  async function stateBeforeAbsence(
    id: number,
    added: number,
    gone: readonly number[],
  ): Promise<VersionBlocks | undefined> {
    if (gone.length * 2 < added) return undefined;
    const since = mostFrequent(gone);
    const row = since === undefined ? undefined : latest.get(id, since - 1, unread.list());
    if (!(row?.blob instanceof Uint8Array)) return undefined;
    // Standings are changed already, so this version has to be finished; a repository that is gone is met by the next one.
    return texts.blocks({ seq: Number(row.seq), blob: row.blob.toHex() }).catch(() => undefined);
  }

  /** The first version under a new name: what stands in both continues its clause, what does not as in any other. */
  function succeed(seq: number, name: TermsOfText, { blocks: before, terms }: State, after: VersionBlocks): void {
    for (let place = 0; place < before.markdown.length; place++) end(seq, idAt(before, place), terms);
    const removed = placesOnlyIn(before, after);
    const unknown: number[] = [];
    for (let place = 0; place < after.markdown.length; place++) {
      const block = idAt(after, place);
      if (returns(seq, block, name.id) !== undefined) continue;
      const stood = standings.find(block, terms);
      if (stood) begin(seq, name, after, place, stood.clause);
      else unknown.push(place);
    }
    const pairs = pairBlocks(before, after, unknown, removed);
    for (const place of unknown) begin(seq, name, after, place, clauseAt(before, pairs.get(place), terms));
  }

  const idAt = (blocks: VersionBlocks, place: number): number => store.idOf(blocks.markdown[place] ?? '');

  function clauseAt(blocks: VersionBlocks, place: number | undefined, terms: number): number | undefined {
    return place === undefined ? undefined : standings.find(idAt(blocks, place), terms)?.clause;
  }

  function end(seq: number, block: number, terms: number): void {
    const standing = standings.find(block, terms);
    const span = standing?.spans.at(-1);
    if (!standing || !span || span[1] !== null) return;
    span[1] = seq;
    standings.changed(standing);
  }

  /** Begins another span of a block that stood in these terms before; gives the place at which it had gone. */
  function returns(seq: number, block: number, terms: number): number | undefined {
    const standing = standings.find(block, terms);
    if (!standing) return undefined;
    const gone = standing.spans.at(-1)?.[1] ?? seq;
    standing.spans.push([seq, null]);
    standings.changed(standing);
    return gone;
  }

  function begin(
    seq: number,
    name: TermsOfText,
    blocks: VersionBlocks,
    place: number,
    clause: number | undefined,
  ): void {
    const markdown = blocks.markdown[place] ?? '';
    const hash = blockHash(markdown);
    const above = blocks.headings[place] ?? -1;
    const standing: Standing = {
      block: store.idOf(markdown, hash),
      terms: name.id,
      clause: clause ?? clauseNumber(name.serviceId, name.termsType, hash),
      spans: [[seq, null]],
      heading: above < 0 ? null : idAt(blocks, above),
    };
    standings.changed(standing);
  }

  return { take };
}

function placesOnlyIn(blocks: VersionBlocks, other: VersionBlocks): number[] {
  const places: number[] = [];
  for (let place = 0; place < blocks.markdown.length; place++) {
    if (!other.places.has(blocks.markdown[place] ?? '')) places.push(place);
  }
  return places;
}

/** Of several as frequent ones, the highest. */
function mostFrequent(numbers: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  const [most] = [...counts].sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || b - a);
  return most?.[0];
}
