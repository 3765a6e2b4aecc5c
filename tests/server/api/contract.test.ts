import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import type { ChangeState as KnownChangeState } from '../../../archive/changes/analysis/analysed-change.ts';
import type { ChangeClass as KnownChangeClass } from '../../../archive/changes/analysis/difference/difference.ts';
import type { BlockKind as KnownBlockKind } from '../../../archive/changes/blocks/block.ts';
import type { Redline as KnownRedline } from '../../../archive/changes/redline/redline.ts';
import type { AlertNoteKind } from '../../../archive/collections/alert-overlay.ts';
import type { Metadata } from '../../../archive/declarations/metadata.ts';
import type { VersionAnalysis } from '../../../archive/index/indexed-record.ts';
import type {
  AnalysisOverlay,
  BlockKind,
  ChangeAnalysis,
  ChangeClass,
  ChangeState,
  CollectionMetadata,
  Neighbours,
  Redline,
} from '../../../server/api/contract.ts';
import { schemaOf } from '../../../server/api/schemas/schema-of.ts';

/** Members that may be left out hold no `undefined` of their own. */
type Exact<T> = T extends readonly (infer Item)[]
  ? readonly Exact<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Exact<Exclude<T[Key], undefined>> }
    : T;

// Held by the compiler; the tests below keep the file from being empty of any at run time.
describe('the shapes that the contract repeats are those of the archive', () => {
  test('redlines', () => {
    expectTypeOf<Exact<Redline>>().toEqualTypeOf<Exact<KnownRedline>>();
    expectTypeOf<BlockKind>().toEqualTypeOf<KnownBlockKind>();
  });
  test('metadata', () => {
    expectTypeOf<Metadata>().toExtend<CollectionMetadata>();
    expectTypeOf<keyof Metadata>().toEqualTypeOf<keyof CollectionMetadata>();
  });
  test('how changes were judged', () => {
    expectTypeOf<ChangeClass>().toEqualTypeOf<KnownChangeClass>();
    expectTypeOf<ChangeState>().toEqualTypeOf<KnownChangeState>();
    expectTypeOf<AnalysisOverlay['kind']>().toEqualTypeOf<AlertNoteKind>();
    expectTypeOf<ChangeAnalysis['statedDates']>().toEqualTypeOf<VersionAnalysis['statedDates']>();
  });
  test('a schema that lacks a member, or has one too many, does not compile', () => {
    const id = z.string().nullable();
    const whole = { first: id, previous: id, next: id, last: id };
    schemaOf<Neighbours>()('Neighbours', z.strictObject(whole));
    const { last: _last, ...lacking } = whole;
    // @ts-expect-error: `last` is missing.
    schemaOf<Neighbours>()('Lacking', z.strictObject(lacking));
    // @ts-expect-error: `first` may be a number.
    schemaOf<Neighbours>()('Other', z.strictObject({ ...whole, first: z.number().nullable() }));
  });
});

test('the contract holds only types, and knows nothing but itself', () => {
  const directory = fileURLToPath(new URL('../../../server/api/', import.meta.url));
  const parts = readdirSync(`${directory}/contract`).map((name) => `contract/${name}`);
  for (const file of ['contract.ts', ...parts]) {
    const text = readFileSync(`${directory}/${file}`, 'utf8');
    expect(text.match(/^(import|export) (?!interface |type )/gm), file).toBeNull();
    expect(text.match(/from '(?!\.\/)/g), file).toBeNull();
  }
  const whole = readFileSync(`${directory}/contract.ts`, 'utf8');
  for (const file of parts) {
    const names = readFileSync(`${directory}/${file}`, 'utf8').matchAll(/^export (?:interface|type) (\w+)/gm);
    for (const [, name] of names) expect(whole, `${name} of ${file}`).toMatch(new RegExp(`\\b${name}\\b`));
  }
  expect(parts.length).toBeGreaterThan(4);
});
