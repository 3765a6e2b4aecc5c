import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { IndexedVersion, TermsName } from '../../archive/index/indexed-record.ts';
import { openIndexReader } from '../../archive/index/open-reader.ts';

export interface ChosenRecords {
  readonly triples: readonly { readonly serviceId: string; readonly termsType: string; readonly date: string }[];
  /** Latest versions of the same terms. */
  readonly latest: readonly IndexedVersion[];
  /** Large versions of the same terms, the former first. */
  readonly pairs: readonly (readonly [IndexedVersion, IndexedVersion])[];
}

const run = promisify(execFile);

/**
 * What is asked for: the same in every run.
 *
 * @param data holds `versions` and the index.
 * @param declarations folder of the declarations: feeds are of declared terms only.
 */
export async function chooseRecords(
  data: string,
  declarations: string,
  counts: { readonly triples: number; readonly redlines: number },
): Promise<ChosenRecords> {
  const reader = openIndexReader(join(data, 'index.sqlite'));
  try {
    const random = generator(20260501);
    const terms = reader.terms().filter((one) => one.versions > 0 && isDeclared(declarations, one));
    const chosen = Array.from({ length: counts.triples }, () => terms[Math.floor(random() * terms.length)]).filter(
      (one) => one !== undefined,
    );
    const triples = chosen.flatMap(({ serviceId, termsType, firstDate, latestDate }) => {
      if (!firstDate || !latestDate) return [];
      const moment = firstDate.getTime() + random() * (latestDate.getTime() - firstDate.getTime());
      return [{ serviceId, termsType, date: new Date(moment).toISOString() }];
    });
    const latest = chosen.flatMap(({ serviceId, termsType }) => reader.latestVersion(serviceId, termsType) ?? []);
    const longest = reader
      .terms()
      .flatMap(({ serviceId, termsType }) => reader.latestVersion(serviceId, termsType) ?? []);
    const sizes = await sizesOf(
      data,
      longest.map(({ blob }) => blob),
    );
    const pairs: [IndexedVersion, IndexedVersion][] = [];
    for (const [index, start] of longest.entries()) {
      if ((sizes[index] ?? 0) < 200_000) continue;
      const versions = reader.versions({ serviceId: start.serviceId, termsType: start.termsType }, { limit: 40 });
      const lengths = await sizesOf(
        data,
        versions.map(({ blob }) => blob),
      );
      const large = versions.filter((_version, at) => (lengths[at] ?? 0) > 250_000 && (lengths[at] ?? 0) < 400_000);
      // Of these terms the oldest and the latest, so that there is something to compare; and two neighbours.
      const [last, beforeLast] = large;
      const oldest = large.at(-1);
      if (last && oldest && last.blob !== oldest.blob) pairs.push([oldest, last]);
      if (last && beforeLast && beforeLast !== oldest && last.blob !== beforeLast.blob) pairs.push([beforeLast, last]);
    }
    return { triples, latest, pairs: pairs.slice(0, counts.redlines) };
  } finally {
    reader.close();
  }
}

function isDeclared(declarations: string, { serviceId, termsType }: TermsName): boolean {
  const file = join(declarations, `${serviceId}.json`);
  if (!existsSync(file)) return false;
  const { terms }: { terms: Record<string, unknown> } = JSON.parse(readFileSync(file, 'utf8'));
  return termsType in terms;
}

/** Bytes of blobs, in their order. @param data holds `versions` */
export async function sizesOf(data: string, blobs: readonly string[]): Promise<number[]> {
  const child = run('git', ['-C', join(data, 'versions'), 'cat-file', '--batch-check=%(objectsize)'], {
    maxBuffer: 2 ** 26,
  });
  child.child.stdin?.end(`${blobs.join('\n')}\n`);
  return (await child).stdout.trim().split('\n').map(Number);
}

/** The same "random" numbers in every run (Park and Miller's generator). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
