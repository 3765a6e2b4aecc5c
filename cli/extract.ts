import { readFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { type ExtractRequest, extractRequestOf } from '../crawler/extract/extract-request.ts';
import { createExtractor } from '../crawler/extract/extractor.ts';
import { type Declared, findDeclared } from './declared-terms.ts';
import { EXIT } from './exit-codes.ts';
import { abortOnSignals } from './interruption.ts';
import { collectionOption, resolveFromCaller } from './options.ts';
import { parseDate } from './parse-date.ts';

interface ExtractOptions {
  readonly collection: string;
  readonly service?: string;
  readonly declaration?: string;
  readonly type: string;
  readonly at?: Date;
}

export const extractCommand = (): Command =>
  new Command('extract')
    .description('print the version that snapshot files give, to the byte')
    .argument('<files...>', 'snapshots: HTML or PDF; of combined terms one for each member, in the order of `combine`')
    .addOption(collectionOption())
    .option('--service <id>', 'the service, as its file is called')
    .addOption(
      new Option(
        '--declaration <file>',
        'a service declaration (JSON) instead of --collection and --service',
      ).conflicts(['service']),
    )
    .requiredOption('--type <type>', 'the terms type, such as "Privacy Policy"')
    .addOption(new Option('--at <date>', 'use the declaration in force then (ISO 8601)').argParser(parseDate))
    .addHelpText(
      'after',
      `
Nothing is added to the output, not even a line break. Whether a file is a PDF is seen by its content.

Examples:
  clausewatch extract --service Wikipedia --type "Terms of Service" snapshot.html
  clausewatch extract --declaration draft.json --type "Privacy Policy" page-1.html page-2.html
  clausewatch extract --service Wikipedia --type "Terms of Service" --at 2023-06-01 old.html > version.md`,
    )
    .action(extract);

async function extract(files: readonly string[], options: ExtractOptions): Promise<void> {
  const declared = await findDeclared({
    collection: resolveFromCaller(options.collection),
    service: options.service,
    declaration: options.declaration === undefined ? undefined : resolveFromCaller(options.declaration),
    type: options.type,
    at: options.at,
  });
  const members = await readMembers(files, declared, options);
  const { signal, dispose } = abortOnSignals(EXIT.interrupted);
  const extractor = createExtractor({ workers: Math.min(members.length, 4) });
  try {
    process.stdout.write(await extractor.extract({ members }, signal));
  } finally {
    await extractor.close();
    dispose();
  }
}

async function readMembers(
  files: readonly string[],
  { service, terms, collectionDirectory }: Declared,
  { at }: ExtractOptions,
): Promise<ExtractRequest[]> {
  const { sourceDocuments } = terms;
  if (files.length !== sourceDocuments.length) {
    const locations = sourceDocuments.map(({ location }) => `\n  ${location}`).join('');
    throw new Error(
      `“${terms.type}” of “${service.id}” has ${count(sourceDocuments.length)}; ${files.length} given. ` +
        `Give the snapshots of these, in this order:${locations}`,
    );
  }
  const contents = await Promise.all(files.map(readSnapshot));
  return sourceDocuments.map((document, index) =>
    extractRequestOf(service, document, {
      content: contents[index] ?? '',
      mimeType: 'text/html',
      date: at,
      collectionDirectory,
    }),
  );
}

async function readSnapshot(file: string): Promise<Uint8Array> {
  try {
    return await readFile(resolveFromCaller(file));
  } catch (cause) {
    throw new Error(`The snapshot ${file} cannot be read. Give the path of a file.`, { cause });
  }
}

const count = (documents: number): string =>
  documents === 1 ? 'one source document' : `${documents} source documents`;
