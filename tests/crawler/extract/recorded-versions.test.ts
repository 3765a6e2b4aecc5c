import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseService } from '../../../archive/declarations/parse-service.ts';
import { createExtractor, type Extractor } from '../../../crawler/extract/extractor.ts';
import { bundledArchive } from '../../helpers/bundled-archive.ts';
import {
  type BundledRepository,
  bundledRepository,
  type ExtractionPair,
  hasDemoData,
  readExtractionPairs,
  withoutDemoData,
} from './demo-data.ts';

/** Versions up to engine 7 differ with OTA's current engine too. */
const pairs = hasDemoData ? readExtractionPairs().filter(({ engine }) => Number.parseInt(engine ?? '0', 10) >= 8) : [];
const declarationOf = ({ service, type, terms }: ExtractionPair): object => ({
  name: service,
  terms: { [type]: terms },
});

describe.skipIf(!hasDemoData)(`versions recorded by OTA's engine 8 and later${withoutDemoData}`, () => {
  let snapshots: BundledRepository;
  let versions: BundledRepository;
  let extractor: Extractor;
  let directory: string;

  beforeAll(() => {
    snapshots = bundledRepository(bundledArchive('demo-snapshots'));
    versions = bundledRepository(bundledArchive('demo-versions'));
    extractor = createExtractor();
    directory = mkdtempSync(join(tmpdir(), 'clausewatch-extract-'));
  });

  afterAll(async () => {
    await extractor.close();
    rmSync(directory, { recursive: true, force: true });
  });

  test('there are 40 of them', () => {
    expect(pairs).toHaveLength(40);
  });

  test.each(pairs)('$service, $type, engine $engine, comes out to the byte', async (pair) => {
    const { service, faults } = parseService(pair.service, declarationOf(pair));
    expect(faults.filter(({ severity }) => severity === 'fault')).toEqual([]);
    const documents = service?.terms[0]?.sourceDocuments ?? [];
    expect(documents).toHaveLength(pair.snapshots.length);
    const members = documents.map((document, index) => ({
      ...document,
      content: snapshots.blob(pair.snapshots[index]?.blob ?? ''),
      mimeType: 'text/html',
    }));
    expect(await extractor.extract({ members })).toBe(versions.blob(pair.version_blob).toString());
  });

  test.each(pairs.filter((_, index) => index % 8 === 0))('$service, $type, also by the command', (pair) => {
    const folder = join(directory, pair.version_blob);
    mkdirSync(folder);
    const declaration = join(folder, `${pair.service}.json`);
    writeFileSync(declaration, JSON.stringify(declarationOf(pair)));
    const files = pair.snapshots.map(({ blob }, index) => {
      const file = join(folder, `${index}.html`);
      writeFileSync(file, snapshots.blob(blob));
      return file;
    });
    const args = ['cli/main.mjs', 'extract', '--declaration', declaration, '--type', pair.type, ...files];
    const { stdout, stderr, status } = spawnSync(process.execPath, args);
    expect(stderr.toString()).toBe('');
    expect(stdout).toEqual(versions.blob(pair.version_blob));
    expect(status).toBe(0);
  });
});
