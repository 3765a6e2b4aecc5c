import { type KnownOfService, toldAt } from '../news/news-of-service.ts';
import type { Receipt } from '../state/settings-types.ts';
import type { LegalKind } from './agree-messages.ts';

/** A document that somebody would agree to, as far as the extension's files know it. */
export interface AgreedDocument {
  readonly key: string;
  readonly collection: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly type: string;
  /** Of the last version that people were told of, else of the first one; the time is midnight where only the day is known. */
  readonly versionDate: string;
  /** `null`: older than the recent ones, whose ids alone are known. */
  readonly versionId: string | null;
  /** Day of the first version, and how often it changed since; `null`: not known. */
  readonly since: string | null;
  readonly changes: number;
  /** The last receipt for it, if one was kept, and whether it changed since. */
  readonly receipt: Receipt | undefined;
  readonly hasChangedSince: boolean;
}

/** Types that a link of some kind leads to, the likeliest first: forms call most things “terms”. */
const TYPES: Readonly<Record<LegalKind, readonly string[]>> = {
  terms: ['Terms of Service', 'General Conditions of Sale', 'Commercial Terms', 'In-App Purchases Policy'],
  sale: ['General Conditions of Sale', 'Commercial Terms', 'Marketplace Buyers Conditions', 'Terms of Service'],
  privacy: ['Privacy Policy'],
};

/** More does not fit beside a form. */
const MOST = 3;

/** The documents that a form's links stand for, of the services of its site: terms first. */
export function agreedDocuments(
  services: readonly KnownOfService[],
  kinds: readonly LegalKind[],
  receipts: readonly Receipt[],
): readonly AgreedDocument[] {
  const all = kinds.flatMap((kind) => services.flatMap((service) => documentOf(service, kind, receipts) ?? []));
  const ids = all.map(({ key, type }) => `${key} ${type}`);
  return all.filter((_, place) => ids.indexOf(ids[place] ?? '') === place).slice(0, MOST);
}

function documentOf(
  { key, coverage, alerts }: KnownOfService,
  kind: LegalKind,
  receipts: readonly Receipt[],
): AgreedDocument | undefined {
  const type = TYPES[kind].find((type) => coverage.terms.some(([declared]) => declared === type));
  const [, since = null, lastAlert = null, changes = 0] = coverage.terms.find(([declared]) => declared === type) ?? [];
  if (type === undefined) return undefined;
  const [newest] = alerts.filter(({ termsType }) => termsType === type).toSorted((a, b) => toldAt(b) - toldAt(a));
  const day = lastAlert ?? since;
  const versionDate = newest?.date ?? (day === null ? undefined : `${day}T00:00:00.000Z`);
  if (versionDate === undefined) return undefined;
  const receipt = receipts
    .filter((one) => one.key === key && one.termsType === type)
    .toSorted((a, b) => Date.parse(b.agreedAt) - Date.parse(a.agreedAt))[0];
  return {
    key,
    collection: coverage.collection,
    serviceId: coverage.serviceId,
    serviceName: coverage.name,
    type,
    versionDate,
    versionId: newest?.id ?? null,
    since,
    changes,
    receipt,
    hasChangedSince: receipt !== undefined && changedAfter(receipt, versionDate, newest?.id ?? null),
  };
}

/** By the version where both are known: what a server tells later is not newer for that. */
function changedAfter({ versionId, versionDate, agreedAt }: Receipt, date: string, id: string | null): boolean {
  if (versionId !== null && id !== null) return versionId !== id;
  return date.slice(0, 10) > (versionDate ?? agreedAt).slice(0, 10);
}
