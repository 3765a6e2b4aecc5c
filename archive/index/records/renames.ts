import type { HistoryChange } from '../../git/history.ts';
import { parseRecordPath } from '../../records/path.ts';
import type { TermsName } from '../indexed-record.ts';

/** Terms that go on under another name. */
export interface Rename {
  readonly from: TermsName;
  readonly to: TermsName;
}

/**
 * The renames of a commit: a path went and another came with the same content. Where several that went had the same
 * content, the one of the same type is the former one, then the one of the same service, then the first by path.
 */
export function renamesOf(changes: readonly HistoryChange[]): Rename[] {
  const gone = changes.filter(({ blob, formerBlob }) => blob === undefined && formerBlob !== undefined);
  if (gone.length === 0) return [];
  const candidates = gone.flatMap(({ path, formerBlob }) => {
    const from = parseRecordPath(path);
    return from ? [{ from, blob: formerBlob }] : [];
  });
  const renames: Rename[] = [];
  for (const { path, blob, formerBlob } of changes) {
    const to = blob !== undefined && formerBlob === undefined ? parseRecordPath(path) : undefined;
    if (!to) continue;
    const same = candidates.filter((candidate) => candidate.blob === blob);
    const chosen =
      same.find(({ from }) => from.termsType === to.termsType) ??
      same.find(({ from }) => from.serviceId === to.serviceId) ??
      same[0];
    if (!chosen) continue;
    candidates.splice(candidates.indexOf(chosen), 1);
    const { from } = chosen;
    // A document id or an extension that changed is no other name of the terms.
    if (from.serviceId === to.serviceId && from.termsType === to.termsType) continue;
    renames.push({
      from: { serviceId: from.serviceId, termsType: from.termsType },
      to: { serviceId: to.serviceId, termsType: to.termsType },
    });
  }
  return renames;
}
