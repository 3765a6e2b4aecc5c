/** How far a fetch is, as git tells. */
export interface FetchProgress {
  readonly part: 'preparing' | 'receiving' | 'resolving' | 'checking';
  /** 0 to 100 of this part; undefined while it is not known. */
  readonly percent: number | undefined;
  /** Such as `12.30 MiB | 2.10 MiB/s`; undefined where git does not tell. */
  readonly detail: string | undefined;
}

const PARTS: readonly (readonly [string, FetchProgress['part']])[] = [
  ['Receiving objects', 'receiving'],
  ['Unpacking objects', 'receiving'],
  ['Resolving deltas', 'resolving'],
  ['Indexing objects', 'resolving'],
  ['Checking connectivity', 'checking'],
  ['Enumerating objects', 'preparing'],
  ['Counting objects', 'preparing'],
  ['Compressing objects', 'preparing'],
];

/** Reads one line of `git fetch --progress`; undefined for any other. */
export function parseFetchProgress(line: string): FetchProgress | undefined {
  const text = line.replace(/^remote:\s*/, '').trim();
  const part = PARTS.find(([name]) => text.startsWith(`${name}:`))?.[1];
  if (!part) return undefined;
  const percent = /:\s+(\d{1,3})% /.exec(text)?.[1];
  const detail = /\), ([\d.]+ \w+(?: \| [\d.]+ \w+\/s)?)/.exec(text)?.[1];
  return { part, percent: percent === undefined ? undefined : Number(percent), detail };
}
