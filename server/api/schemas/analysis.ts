import { z } from '@hono/zod-openapi';
import type { ChangeAnalysis, ChangeStatistics, VersionReference } from '../contract.ts';
import { count, date, orNull, recordId, schemaOf } from './schema-of.ts';

export const changeClass = z.enum(['none', 'formatting', 'links', 'moved', 'numbering', 'date', 'text']);
const changeState = z.enum(['ok', 'return', 'reverted', 'suspect', 'persisting']);

export const versionReference = schemaOf<VersionReference>()(
  'VersionReference',
  z.strictObject({ versionId: recordId, fetchDate: date, link: z.string() }),
);

const overlay = z.strictObject({
  kind: z.enum(['awaited', 'confirmed', 'not-reproduced', 'persisting', 'settled']),
  date,
});

export const changeAnalysis = schemaOf<ChangeAnalysis>()(
  'ChangeAnalysis',
  z.strictObject({
    class: changeClass.openapi({
      description: 'What the change is at most: the highest that any of its blocks reaches.',
      example: 'text',
    }),
    state: changeState.openapi({
      description:
        '`return`: to words that the terms had before. `reverted`: such a return after long, which is told. ' +
        '`suspect`: it looks like a faulty capture. `persisting`: one that stayed, which is told.',
      example: 'ok',
    }),
    alert: z.boolean().openapi({ description: 'Whether people should be told; `overlay` may say otherwise.' }),
    significance: z.number().min(0).max(1),
    topics: z
      .array(z.string())
      .nullable()
      .openapi({
        description: 'At most three, the weightiest first; null where they are not available.',
        example: ['disputes/arbitration'],
      }),
    topicsUnavailable: orNull(z.strictObject({ language: z.string().nullable(), message: z.string() })).openapi({
      description: 'Why there are no topics; null where topics are available.',
      example: null,
    }),
    language: z.string().nullable().openapi({ description: 'ISO 639-1; null where it is not clear.', example: 'en' }),
    statedDates: z
      .array(z.strictObject({ date: z.string(), kind: z.enum(['effective', 'updated']) }))
      .openapi({ description: 'Days that the change brought.', example: [{ date: '2026-04-01', kind: 'effective' }] }),
    wordsAdded: count.openapi({
      description: 'Words that came, wherever they stand; a redline counts more where words changed their order.',
    }),
    wordsRemoved: count,
    undoes: z.array(versionReference).openapi({ description: 'Told changes that this one withdraws, oldest first.' }),
    overlay: orNull(overlay).openapi({
      description:
        'What checks and second fetches add. `awaited`: being fetched again, not told until then. `confirmed`: a second ' +
        'fetch gave it again. `not-reproduced`: it did not, and nobody is told. `persisting`: what was not told stood ' +
        'for six checks, and is told as of `date`. `settled`: a variant stood for six checks.',
      example: null,
    }),
    reasons: z.string().openapi({ description: 'Address of the reasons.' }),
  }),
);

export const incompleteAnalysis = z
  .array(z.strictObject({ collection: z.string(), versionsWithoutAnalysis: z.int().min(1) }))
  .openapi({ description: 'Collections of which not all changes are judged yet: alerts of theirs may be missing.' });

const classCounts = z.strictObject({
  none: count,
  formatting: count,
  links: count,
  moved: count,
  numbering: count,
  date: count,
  text: count,
});
const stateCounts = z.strictObject({ ok: count, return: count, reverted: count, suspect: count, persisting: count });

export const changeStatistics = schemaOf<ChangeStatistics>()(
  'ChangeStatistics',
  z.strictObject({
    collection: z.string(),
    changes: count.openapi({ description: 'Versions with an earlier one, without technical upgrades.' }),
    judged: count,
    alerts: count,
    alertedShare: z.number().min(0).max(1).nullable(),
    byClass: classCounts,
    byState: stateCounts,
    incomplete: incompleteAnalysis,
    isJudgedAnew: z.boolean().openapi({ description: 'By former rules; they are being made anew.' }),
  }),
);
