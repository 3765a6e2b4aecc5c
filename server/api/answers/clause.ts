import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import type {
  ClauseHistory as KnownHistory,
  ChangeInterval as KnownInterval,
  ClauseLife as KnownLife,
  TextHit,
} from '../../../archive/index/clause.ts';
import type { ChangeInterval, ClauseHistory, ClauseLife, SearchHit } from '../contract.ts';
import { serviceName } from '../service-name.ts';

export const toInterval = (interval: KnownInterval): ChangeInterval => ({
  after: interval.after?.toISOString() ?? null,
  by: interval.by.toISOString(),
  basis: interval.basis,
  gap: interval.gap === undefined ? null : { days: interval.gap.days, reason: interval.gap.reason },
  versionId: interval.versionId,
  isTechnicalUpgrade: interval.isTechnicalUpgrade,
});

const toLife = ({ appeared, disappeared, absences }: KnownLife): ClauseLife => ({
  appeared: toInterval(appeared),
  disappeared: disappeared === undefined ? null : toInterval(disappeared),
  absences: absences.map(({ from, until }) => ({ from: toInterval(from), until: toInterval(until) })),
});

export const toClauseHistory = (collection: string, history: KnownHistory): ClauseHistory => ({
  collection,
  clauseId: history.clauseId,
  serviceId: history.serviceId,
  termsType: history.termsType,
  heading: history.heading ?? null,
  life: toLife(history.life),
  wordings: history.wordings.map(({ blockId, text, markdown, life }) => ({
    blockId,
    text,
    markdown,
    life: toLife(life),
  })),
});

export const toSearchHit = (collection: ServedCollection, hit: TextHit): SearchHit => ({
  collection: collection.id,
  clauseId: hit.clauseId,
  blockId: hit.blockId,
  serviceId: hit.serviceId,
  serviceName: serviceName(collection, hit.serviceId),
  termsType: hit.termsType,
  heading: hit.heading ?? null,
  text: hit.text,
  excerpt: hit.excerpt.map(({ text, isMatch }) => ({ text, isMatch })),
  life: toLife(hit.life),
  score: hit.score,
});
