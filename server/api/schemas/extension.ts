import { z } from '@hono/zod-openapi';
import type { ExtensionManifest, RecentFile } from '../contract.ts';
import { changeClass } from './analysis.ts';
import { count, date, recordId, schemaOf } from './schema-of.ts';
import { redlineBlock } from './version.ts';

const file = z.strictObject({
  sha256: z.string().openapi({ description: 'Hash of the bytes and name of the file.', example: 'a'.repeat(64) }),
  bytes: count.openapi({ description: 'Before compression.' }),
});
const day = z.iso.date();

export const extensionManifest = schemaOf<ExtensionManifest>()(
  'ExtensionManifest',
  z.strictObject({
    format: z.literal(1),
    name: z.string(),
    website: z.string(),
    epoch: z.string().openapi({ description: 'Changes with the rules of judging, and with an index made anew.' }),
    sequence: count,
    newestRecord: date.nullable(),
    index: file.openapi({ description: 'Lines: domain, keys of services, day of the last alert, number of alerts.' }),
    services: file.openapi({ description: 'Lines: key, coverage as JSON.' }),
    recentSince: day,
    recent: z.array(file),
  }),
);

export const recentFile = schemaOf<RecentFile>()(
  'RecentFile',
  z.strictObject({
    format: z.literal(1),
    alerts: z.array(
      z.strictObject({
        key: z.string(),
        termsType: z.string(),
        id: recordId,
        previousId: recordId,
        date,
        toldAt: date.optional().openapi({ description: 'When people are told, where that is later.' }),
        class: changeClass,
        topics: z.array(z.string()),
        significance: z.number().min(0).max(1),
        wordsAdded: count,
        wordsRemoved: count,
        language: z.string().nullable(),
        undoneOn: day.optional(),
        undoes: z.array(recordId).optional(),
        blocks: z.array(redlineBlock).openapi({ description: 'Those that differ, shortened; at most 20 KB.' }),
        blocksLeftOut: count,
      }),
    ),
  }),
);
