import { Command, Option } from 'commander';
import { loadConfigurationFile } from '../archive/collections/configuration.ts';
import { missingPlaces } from '../archive/collections/missing-places.ts';
import { loadDomains } from '../archive/declarations/domains.ts';
import type { Fault } from '../archive/declarations/fault.ts';
import { collectionRoot, declaredServices, loadDeclarations } from '../archive/declarations/load-collection.ts';
import { loadMetadata } from '../archive/declarations/metadata.ts';
import { modifiedFiles } from '../archive/git/modified-files.ts';
import { EXIT } from './exit-codes.ts';
import { faultsAsText } from './faults-text.ts';
import { collectionOption, jsonOption, resolveFromCaller, servicesOption } from './options.ts';
import { plural } from './plural.ts';
import { loadSettings } from './settings.ts';

interface ValidateOptions {
  readonly collection: string;
  readonly configuration?: string;
  readonly services?: readonly string[];
  readonly modified?: boolean;
  readonly schemaOnly?: boolean;
  readonly json?: boolean;
}

export const validateCommand = (): Command =>
  new Command('validate')
    .description(
      'list every fault of declarations, metadata.yml, domains.yml and config/*.json, with what to do about it',
    )
    .addOption(collectionOption())
    .addOption(
      new Option('--configuration <file>', 'the configuration of several collections, and nothing else').conflicts([
        ...['collection', 'services', 'modified', 'schemaOnly'],
      ]),
    )
    .addOption(servicesOption())
    .option('--modified', 'only services whose files differ from the last git commit')
    .option('--schema-only', "do not check that the services' own filter functions exist")
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  clausewatch validate                              the collection you stand in
  clausewatch validate --services "Wikipedia"       one of its services
  clausewatch validate --modified                   what you changed since the last commit
  clausewatch validate --configuration collections.yml
  clausewatch validate --collection ../contrib-declarations --schema-only

Nothing is fetched; "clausewatch check" tries declarations on the live documents. Faults give exit code ${EXIT.failed},
warnings alone ${EXIT.ok}.`,
    )
    .action(validate);

async function validate(options: ValidateOptions): Promise<void> {
  if (options.configuration !== undefined) return validateConfiguration(options.configuration, options);
  const directory = await collectionRoot(resolveFromCaller(options.collection));
  const modified = options.modified ? await modifiedServices(directory) : undefined;
  const named = options.services;
  const services = modified && named ? modified.filter((id) => named.includes(id)) : (modified ?? named);
  const { services: loaded, faults: ofDeclarations } = await loadDeclarations(directory, {
    services,
    checkFunctions: !options.schemaOnly,
  });
  const { faults: ofMetadata } = await loadMetadata(directory);
  const { faults: ofDomains } = await loadDomains(directory, await declaredServices(directory));
  const { faults: ofSettings } = await loadSettings({ collectionDirectory: directory });
  const faults = [...ofDeclarations, ...ofMetadata, ...ofDomains, ...ofSettings];
  const terms = loaded.reduce((sum, { terms }) => sum + terms.length, 0);
  const note = options.schemaOnly
    ? '\nSchema only: whether the filter functions of services exist was not checked.'
    : '';
  say(faults, {
    text: (found) => `${plural(loaded.length, 'service')}, ${terms} terms: ${found}.${note}`,
    summary: { services: loaded.length, terms },
    more: { checkedFilterFunctions: !options.schemaOnly },
    isJson: options.json,
  });
}

/** The file alone; the collections in it are validated one by one, each with --collection. */
async function validateConfiguration(file: string, { json }: ValidateOptions): Promise<void> {
  const { configuration, faults: ofFile } = await loadConfigurationFile(resolveFromCaller(file));
  const faults = [...ofFile, ...(configuration ? await missingPlaces(configuration) : [])];
  const collections = configuration?.collections.length ?? 0;
  say(faults, {
    text: (found) => (configuration ? `${plural(collections, 'collection')}: ${found}.` : `${file}: ${found}.`),
    summary: { collections },
    isJson: json,
  });
}

interface Said {
  readonly text: (found: string) => string;
  readonly summary: object;
  readonly more?: object;
  readonly isJson: boolean | undefined;
}

/** Faults, what was looked at, and the exit code. */
function say(faults: readonly Fault[], { text, summary, more, isJson }: Said): void {
  const count = (severity: Fault['severity']): number => faults.filter((fault) => fault.severity === severity).length;
  const counts = { faults: count('fault'), warnings: count('warning') };
  const found = [plural(counts.faults, 'fault'), ...(counts.warnings > 0 ? [plural(counts.warnings, 'warning')] : [])];
  const out = isJson
    ? [
        ...faults.map((fault) => JSON.stringify({ kind: 'fault', ...fault })),
        JSON.stringify({ kind: 'summary', ...summary, ...counts, ...more }),
      ]
    : [faultsAsText(faults, process.stdout), text(found.join(', '))].filter(Boolean);
  process.stdout.write(`${out.join('\n')}\n`);
  process.exitCode = counts.faults > 0 ? EXIT.failed : EXIT.ok;
}

/** Ids of the services that a modified file belongs to; those whose declaration was taken out are left out. */
async function modifiedServices(directory: string): Promise<string[]> {
  const ids = (await modifiedFiles(directory))
    .map((file) => /^declarations\/([^/]+?)(?:\.history\.json|\.filters(?:\.history)?\.js|\.json)$/.exec(file)?.[1])
    .filter((id) => id !== undefined);
  const declared = await declaredServices(directory);
  return declared.filter((id) => ids.includes(id));
}
