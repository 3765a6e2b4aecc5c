import type { BatchReader } from '../git/batch-reader.ts';

/** Under which licence a collection gives its data away. */
export interface DataLicence {
  /** SPDX identifier; {@link NO_LICENCE} where nothing says, {@link OWN_LICENCE} for words that are none we know. */
  readonly id: string;
  /** What the dataset's LICENSE says. */
  readonly text: string;
}

export const NO_LICENCE = 'NOASSERTION';
export const OWN_LICENCE = 'LicenseRef-LICENSE';

const FILES = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE'];

/** What the first lines of a licence say, with its SPDX identifier. First match counts. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/Open Database License|\bODbL\b/i, 'ODbL-1.0'],
  [/ODC Attribution License|\bODC-By\b/i, 'ODC-By-1.0'],
  [/Public Domain Dedication and Licen[cs]e|\bPDDL\b/i, 'PDDL-1.0'],
  [/\bCC0\b/i, 'CC0-1.0'],
  [/Attribution-ShareAlike 4\.0/i, 'CC-BY-SA-4.0'],
  [/Attribution-NonCommercial/i, OWN_LICENCE],
  [/Attribution 4\.0 International/i, 'CC-BY-4.0'],
];

/**
 * The licence that was set, or else the one that lies at the root of the versions' repository, where collections of Open
 * Terms Archive have it.
 */
export async function findDataLicence(
  versions: Pick<BatchReader, 'object'>,
  set: string | undefined,
): Promise<DataLicence> {
  const own = await readOwn(versions);
  const recognised = own === undefined ? undefined : recognise(own);
  if (own !== undefined && (set === undefined || set === recognised)) {
    return { id: recognised ?? OWN_LICENCE, text: own };
  }
  return set === undefined ? { id: NO_LICENCE, text: UNKNOWN } : { id: set, text: notice(set) };
}

async function readOwn(versions: Pick<BatchReader, 'object'>): Promise<string | undefined> {
  for (const file of FILES) {
    const object = await versions.object(`HEAD:${file}`);
    if (object?.type === 'blob') return object.content.toString('utf8');
  }
  return undefined;
}

function recognise(text: string): string | undefined {
  const start = text.slice(0, 1000);
  return KNOWN.find(([pattern]) => pattern.test(start))?.[1];
}

const CONTENTS = `It covers the collection of these texts: their choice, arrangement, dates and form. The texts themselves are the
services' own; nothing here gives rights in them, nor takes away those that the law gives to read, quote and analyse them.
`;

const notice = (id: string): string =>
  `This dataset is made available under ${id}: https://spdx.org/licenses/${encodeURIComponent(id)}.html\n\n${CONTENTS}`;

const UNKNOWN = `The keeper of this collection has not said under which licence its data may be used. Ask them before you publish
it or what you make from it.

${CONTENTS}`;
