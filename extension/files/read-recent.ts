import type { BlockKind, ChangeClass, RecentAlert, RedlineBlock, RedlineSpan } from '../../server/api/contract.ts';
import { asMoment, asNumber, asRecord, asText, asTexts } from '../state/heal.ts';
import { DownloadError } from './download-error.ts';

const CLASSES: Readonly<Record<ChangeClass, true>> = {
  none: true,
  formatting: true,
  links: true,
  moved: true,
  numbering: true,
  date: true,
  text: true,
};
const BLOCKS: Readonly<Record<BlockKind, true>> = {
  heading: true,
  paragraph: true,
  'list-item': true,
  'table-row': true,
  code: true,
  rule: true,
};
const KINDS: Readonly<Record<RedlineBlock['kind'], true>> = {
  equal: true,
  inserted: true,
  deleted: true,
  changed: true,
  moved: true,
};
const SPANS: Readonly<Record<RedlineSpan['kind'], true>> = { equal: true, inserted: true, deleted: true };

const MOST_WORDS = 100_000_000;
const LONGEST_TYPE = 200;
/** Characters of one redline: the server gives 20 KB. What is beyond would be for nobody to read. */
const MOST_TEXT = 100_000;
const MOST_BLOCKS = 500;

/**
 * The alerts of a shard of `recent`. Alerts that are none are left out; no field of the others is of another kind than it
 * should be, whatever the server gave.
 *
 * @throws DownloadError of `damaged` where it is no such file
 */
export function readRecent(bytes: Uint8Array): readonly RecentAlert[] {
  const { format, alerts } = asRecord(parsed(bytes));
  if (format !== 1 || !Array.isArray(alerts)) throw new DownloadError('damaged', 'The server gave no list of changes.');
  return alerts.flatMap((alert) => readAlert(alert) ?? []);
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new DownloadError('damaged', 'The server gave no list of changes.', { cause });
  }
}

/** undefined for what is no alert. */
export function readAlert(given: unknown): RecentAlert | undefined {
  const value = asRecord(given);
  const date = asMoment(value.date);
  const [key, termsType, id, previousId] = [value.key, value.termsType, value.id, value.previousId];
  if (!isText(key) || !/^[\w-]{8}$/.test(key) || !isTermsType(termsType)) return undefined;
  if (!isId(id) || !isId(previousId) || date === undefined) return undefined;
  const toldAt = asMoment(value.toldAt);
  const { blocks, leftOut } = readBlocks(value.blocks);
  const undoes = asTexts(value.undoes).filter(isId);
  const undoneOn = isText(value.undoneOn) && /^\d{4}-\d\d-\d\d$/.test(value.undoneOn) ? value.undoneOn : undefined;
  return {
    key,
    termsType,
    id,
    previousId,
    date,
    ...(toldAt === undefined ? {} : { toldAt }),
    ...(undoneOn === undefined ? {} : { undoneOn }),
    ...(undoes.length === 0 ? {} : { undoes }),
    class: oneOf(value.class, CLASSES) ?? 'text',
    topics: asTexts(value.topics).filter((topic) => /^[a-z\d/-]{1,60}$/.test(topic)),
    significance: asShare(value.significance),
    wordsAdded: asNumber(value.wordsAdded, [0, MOST_WORDS], 0),
    wordsRemoved: asNumber(value.wordsRemoved, [0, MOST_WORDS], 0),
    language: isText(value.language) && /^[a-z]{2,3}$/.test(value.language) ? value.language : null,
    blocks,
    blocksLeftOut: asNumber(value.blocksLeftOut, [0, MOST_WORDS], 0) + leftOut,
  };
}

function readBlocks(value: unknown): { readonly blocks: readonly RedlineBlock[]; readonly leftOut: number } {
  const given: readonly unknown[] = Array.isArray(value) ? value : [];
  const blocks: RedlineBlock[] = [];
  let text = 0;
  for (const [place, one] of given.entries()) {
    const block = readBlock(asRecord(one));
    if (!block) continue;
    text += lengthOf(block);
    if (text > MOST_TEXT || blocks.length === MOST_BLOCKS) return { blocks, leftOut: given.length - place };
    blocks.push(block);
  }
  return { blocks, leftOut: 0 };
}

const lengthOf = ({ spans, headings, gap }: RedlineBlock): number =>
  [gap, ...headings, ...spans.map(({ text }) => text)].reduce((sum, { length }) => sum + length + 1, 0);

function readBlock(value: Readonly<Record<string, unknown>>): RedlineBlock | undefined {
  const kind = oneOf(value.kind, KINDS);
  if (kind === undefined) return undefined;
  const spans = (Array.isArray(value.spans) ? value.spans : []).flatMap((span): RedlineSpan[] => {
    const { kind, text } = asRecord(span);
    const known = oneOf(kind, SPANS);
    return known === undefined || !isText(text) ? [] : [{ kind: known, text }];
  });
  return {
    kind,
    spans,
    block: oneOf(value.block, BLOCKS) ?? 'paragraph',
    headings: asTexts(value.headings),
    from: placeOf(value.from),
    to: placeOf(value.to),
    gap: asText(value.gap, ''),
  };
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isTermsType = (value: unknown): value is string => isText(value) && value !== '' && value.length <= LONGEST_TYPE;
const isId = (value: unknown): value is string => isText(value) && /^[\da-f]{40,64}$/.test(value);
const asShare = (value: unknown): number => (typeof value === 'number' && value >= 0 ? Math.min(1, value) : 0);
const placeOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) ? value : null;
const oneOf = <Choice extends string>(value: unknown, choices: Readonly<Record<Choice, true>>): Choice | undefined =>
  isText(value) && Object.hasOwn(choices, value) ? (value as Choice) : undefined;
