import type { SnapshotDraft, VersionDraft } from './record.ts';

/** What a record's commit message tells. */
export interface ParsedMessage {
  readonly kind: RecordKind;
  /** Full commit hashes of the snapshots, in the order of the source documents; empty where another storage kept them. */
  readonly snapshotIds: readonly string[];
  /** Trailers by lower-case name, such as `x-source-document-location`. */
  readonly trailers: ReadonlyMap<string, string>;
}

export type RecordKind = 'first' | 'change' | 'technical-upgrade';

/** The last component of a link to a snapshot, to be replaced by its id. */
const SNAPSHOT_ID_MARK = '%SNAPSHOT_ID';

/** Where versions point when no template is configured; Open Terms Archive's default. */
export const DEFAULT_SNAPSHOT_TEMPLATE = `./data/snapshots/${SNAPSHOT_ID_MARK}`;

const SUBJECTS: Record<RecordKind, string> = {
  first: 'First record of',
  change: 'Record new changes of',
  'technical-upgrade': 'Apply technical or declaration upgrade on',
};

/** Beginnings of subjects, today's and those of older archives. */
const KINDS: readonly (readonly [string, RecordKind])[] = [
  [SUBJECTS.first, 'first'],
  [SUBJECTS.change, 'change'],
  [SUBJECTS['technical-upgrade'], 'technical-upgrade'],
  ['Start tracking', 'first'],
  ['Update', 'change'],
  ['Refilter', 'technical-upgrade'],
];

/** The commit message of a snapshot, byte for byte as Open Terms Archive writes it. */
export function snapshotMessage(
  draft: Omit<SnapshotDraft, 'content' | 'mimeType' | 'fetchDate'>,
  { isFirstRecord, engineVersion }: { readonly isFirstRecord: boolean; readonly engineVersion: string },
): string {
  return compose(
    subject(isFirstRecord ? 'first' : 'change', draft),
    draft.documentId ? `Document ID ${draft.documentId}` : '',
    [
      ['X-engine-version', engineVersion],
      ['X-fetcher', draft.fetcher],
      ['X-source-document-location', draft.location],
    ],
  );
}

/** The commit message of a version, byte for byte as Open Terms Archive writes it. */
export function versionMessage(
  draft: Omit<VersionDraft, 'content' | 'fetchDate'>,
  options: { readonly isFirstRecord: boolean; readonly engineVersion: string; readonly snapshotTemplate: string },
): string {
  const { snapshotIds } = draft;
  const links = snapshotIds.map((id) => options.snapshotTemplate.replace(SNAPSHOT_ID_MARK, id));
  const kind = options.isFirstRecord ? 'first' : draft.isTechnicalUpgrade ? 'technical-upgrade' : 'change';
  const origin =
    links.length > 1
      ? `This version was recorded after extracting from and assembling the following snapshots from ${links.length} source documents:\n${links.map((link) => `- ${link}`).join('\n')}`
      : links.map((link) => `This version was recorded after extracting from snapshot ${link}`).join('');
  return compose(subject(kind, draft), origin, [['X-engine-version', options.engineVersion]]);
}

/** Reads a commit message; undefined where its subject is not that of a record. */
export function parseMessage(message: string): ParsedMessage | undefined {
  const end = message.indexOf('\n');
  const subjectLine = end < 0 ? message : message.slice(0, end);
  const body = end < 0 ? '' : message.slice(end + 1);
  const kind = KINDS.find(([beginning]) => subjectLine.startsWith(`${beginning} `))?.[1];
  if (!kind) return undefined;
  // One link a line; what stands before the id may hold hashes too, of a repository or a directory.
  const snapshotIds = body
    .split('\n')
    .filter((line) => !/^[A-Za-z0-9-]+:/.test(line))
    .flatMap((line) => line.match(/\b[0-9a-f]{40}\b/g)?.at(-1) ?? []);
  return { kind, snapshotIds, trailers: parseTrailers(body) };
}

function parseTrailers(body: string): ReadonlyMap<string, string> {
  const lastParagraph =
    body
      .trimEnd()
      .split(/\n\s*\n/)
      .at(-1) ?? '';
  const trailers = new Map<string, string>();
  for (const line of lastParagraph.split('\n')) {
    const [, name, blankOrValue = ''] = /^([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*):(.*)$/s.exec(line) ?? [];
    // Not by the expression: a mirror's message may hold a line of a million blanks, over which it would take hours.
    const value = blankOrValue.trim();
    // Engines up to 3 wrote "undefined" where they did not know.
    if (name && value && value !== 'undefined') trailers.set(name.toLowerCase(), value);
  }
  return trailers;
}

const subject = (kind: RecordKind, { serviceId, termsType }: { serviceId: string; termsType: string }): string =>
  `${SUBJECTS[kind]} ${serviceId} ${termsType}`;

/** Parts with one empty line between them and no blanks at the ends of lines: what `git commit` makes of a message. */
function compose(title: string, body: string, trailers: readonly (readonly [string, string])[]): string {
  const lines = trailers.map(([name, value]) => `${name}: ${value.replace(/\s+/g, ' ').trim()}`);
  return [title, body, lines.join('\n')]
    .filter((part) => part !== '')
    .map((part) => part.replace(/[ \t\r\f\v]+$/gm, ''))
    .join('\n\n')
    .concat('\n');
}
