import { Command } from 'commander';
import type { Fault } from '../archive/declarations/fault.ts';
import { collectionRoot, declaredServices, loadDeclarations } from '../archive/declarations/load-collection.ts';
import { loadMetadata } from '../archive/declarations/metadata.ts';
import { modifiedFiles } from '../archive/git/modified-files.ts';
import { EXIT } from './exit-codes.ts';
import { faultsAsText } from './faults-text.ts';
import { collectionOption, jsonOption, resolveFromCaller, servicesOption } from './options.ts';
import { loadSettings } from './settings.ts';

interface ValidateOptions {
  readonly collection: string;
  readonly services?: readonly string[];
  readonly modified?: boolean;
  readonly schemaOnly?: boolean;
  readonly json?: boolean;
}

export const validateCommand = (): Command =>
  new Command('validate')
    .description('list every fault of declarations, metadata.yml and config/*.json, with what to do about it')
    .addOption(collectionOption())
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
  clausewatch validate --collection ../contrib-declarations --schema-only

Nothing is fetched; "clausewatch check" tries declarations on the live documents. Faults give exit code ${EXIT.failed},
warnings alone ${EXIT.ok}.`,
    )
    .action(validate);

async function validate(options: ValidateOptions): Promise<void> {
  const directory = await collectionRoot(resolveFromCaller(options.collection));
  const modified = options.modified ? await modifiedServices(directory) : undefined;
  const named = options.services;
  const services = modified && named ? modified.filter((id) => named.includes(id)) : (modified ?? named);
  const { services: loaded, faults: ofDeclarations } = await loadDeclarations(directory, {
    services,
    checkFunctions: !options.schemaOnly,
  });
  const { faults: ofMetadata } = await loadMetadata(directory);
  const { faults: ofSettings } = await loadSettings({ collectionDirectory: directory });
  const faults = [...ofDeclarations, ...ofMetadata, ...ofSettings];
  const count = (severity: Fault['severity']): number => faults.filter((fault) => fault.severity === severity).length;
  const summary = {
    services: loaded.length,
    terms: loaded.reduce((sum, { terms }) => sum + terms.length, 0),
    faults: count('fault'),
    warnings: count('warning'),
    checkedFilterFunctions: !options.schemaOnly,
  };
  const out = options.json
    ? [
        ...faults.map((fault) => JSON.stringify({ kind: 'fault', ...fault })),
        JSON.stringify({ kind: 'summary', ...summary }),
      ]
    : [faultsAsText(faults, process.stdout), describe(summary)].filter(Boolean);
  process.stdout.write(`${out.join('\n')}\n`);
  process.exitCode = summary.faults > 0 ? EXIT.failed : EXIT.ok;
}

/** Ids of the services that a modified file belongs to; those whose declaration was taken out are left out. */
async function modifiedServices(directory: string): Promise<string[]> {
  const ids = (await modifiedFiles(directory))
    .map((file) => /^declarations\/([^/]+?)(?:\.history\.json|\.filters(?:\.history)?\.js|\.json)$/.exec(file)?.[1])
    .filter((id) => id !== undefined);
  const declared = await declaredServices(directory);
  return declared.filter((id) => ids.includes(id));
}

interface Summary {
  readonly services: number;
  readonly terms: number;
  readonly faults: number;
  readonly warnings: number;
  readonly checkedFilterFunctions: boolean;
}

function describe({ services, terms, faults, warnings, checkedFilterFunctions }: Summary): string {
  const found = [plural(faults, 'fault'), ...(warnings > 0 ? [plural(warnings, 'warning')] : [])].join(', ');
  const note = checkedFilterFunctions
    ? ''
    : '\nSchema only: whether the filter functions of services exist was not checked.';
  return `${plural(services, 'service')}, ${terms} terms: ${found}.${note}`;
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
