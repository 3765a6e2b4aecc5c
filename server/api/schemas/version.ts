import { z } from '@hono/zod-openapi';
import type {
  AnalysisAnswer,
  Change,
  Changes,
  Neighbours,
  RedlineAnswer,
  Version,
  Versions,
  VersionWithContent,
} from '../contract.ts';
import { changeAnalysis, incompleteAnalysis, versionReference } from './analysis.ts';
import { pageOf } from './page.ts';
import { count, date, orNull, recordId, schemaOf } from './schema-of.ts';

const versionShape = {
  collection: z.string(),
  id: recordId,
  serviceId: z.string(),
  termsType: z.string(),
  fetchDate: date,
  isFirstRecord: z.boolean(),
  isTechnicalUpgrade: z.boolean(),
  snapshotIds: z.array(recordId),
  additions: count.nullable().openapi({ description: 'Lines against the former version; null until counted.' }),
  deletions: count.nullable(),
};

export const version = schemaOf<Version>()('Version', z.strictObject(versionShape));

export const versions = schemaOf<Versions>()('Versions', pageOf(version));

export const versionWithContent = schemaOf<VersionWithContent>()(
  'VersionWithContent',
  z.strictObject({ ...versionShape, content: z.string().openapi({ description: 'Markdown.' }) }),
);

export const neighbours = schemaOf<Neighbours>()(
  'Neighbours',
  z.strictObject({
    first: recordId.nullable(),
    previous: recordId.nullable(),
    next: recordId.nullable(),
    last: recordId.nullable(),
  }),
);

const change = schemaOf<Change>()(
  'Change',
  z.strictObject({
    ...versionShape,
    serviceName: z.string(),
    previousId: recordId.nullable(),
    redline: z.string().nullable().openapi({ description: 'Address of the redline against the former version.' }),
    analysis: orNull(changeAnalysis).openapi({ description: 'null: a first record, or not judged yet.' }),
  }),
);

export const changes = schemaOf<Changes>()('Changes', pageOf(change).extend({ incomplete: incompleteAnalysis }));

export const analysisAnswer = schemaOf<AnalysisAnswer>()(
  'Analysis',
  z.strictObject({
    version,
    previousId: recordId.nullable(),
    status: z.enum(['judged', 'pending', 'first-record', 'not-comparable']),
    analysis: orNull(changeAnalysis),
    reasons: z.array(z.string()).openapi({
      description: 'Why, in sentences, block by block where blocks differ.',
      example: ['only link targets'],
    }),
    undoneBy: orNull(versionReference).openapi({
      description: 'The later change that withdrew this one; null: none did.',
    }),
  }),
);

const span = z.strictObject({ kind: z.enum(['equal', 'inserted', 'deleted']), text: z.string() });

export const redlineBlock = z.strictObject({
  kind: z.enum(['equal', 'inserted', 'deleted', 'changed', 'moved']),
  block: z.enum(['heading', 'paragraph', 'list-item', 'table-row', 'code', 'rule']),
  headings: z.array(z.string()),
  from: count.nullable().openapi({ description: "Place among the former version's blocks." }),
  to: count.nullable().openapi({ description: "Place among the new version's blocks." }),
  spans: z.array(span),
  gap: z.string().openapi({ description: 'White space behind the block.' }),
  formerGap: z.string().optional().openapi({ description: 'In the former version, where that was another one.' }),
});

export const redline = schemaOf<RedlineAnswer>()(
  'Redline',
  z.strictObject({
    before: version,
    after: version,
    wordsInserted: count,
    wordsDeleted: count,
    blocks: z.array(redlineBlock),
  }),
);
