import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { CHANGE_CLASSES, type ChangeClass } from '../archive/changes/analysis/difference/difference.ts';
import { TOPICS, type Topic } from '../archive/changes/topics/topics.ts';
import { changeAsText } from './change-text.ts';
import { changesOf, type ListedChange, type OpenCollection, openForChanges } from './changes-of-collections.ts';
import { changesOfRepository } from './changes-of-repository.ts';
import { chooseCollections } from './choose-collections.ts';
import { loadConfiguredServer } from './configured-collections.ts';
import { EXIT } from './exit-codes.ts';
import { explainChange, findChanges } from './explain-change.ts';
import { abortOnSignals } from './interruption.ts';
import {
  collectionOption,
  configurationOption,
  dataOption,
  jsonOption,
  listOf,
  resolveFromCaller,
  servicesOption,
  typesOption,
} from './options.ts';
import { parseDate } from './parse-date.ts';
import { plural } from './plural.ts';
import { printLine } from './print-line.ts';

interface ChangesOptions {
  readonly collection: string;
  readonly configuration?: string;
  readonly data?: string;
  readonly repository?: string;
  readonly services?: readonly string[];
  readonly types?: readonly string[];
  readonly since?: Date;
  readonly until?: Date;
  readonly class?: readonly ChangeClass[];
  readonly topic?: readonly Topic[];
  readonly alerts?: boolean;
  readonly explain?: string;
  readonly json?: boolean;
}

export const changesCommand = (): Command =>
  new Command('changes')
    .description('what changed: class, alert, topics and reasons of each change')
    .addArgument(new Argument('[ids...]', 'with --configuration: these collections (default: all)'))
    .addOption(collectionOption())
    .addOption(configurationOption(['collection', 'data']))
    .addOption(dataOption())
    .addOption(
      new Option('--repository <dir>', 'any repository of versions, bare or not, instead of a collection').conflicts([
        'collection',
        'configuration',
        'data',
      ]),
    )
    .addOption(servicesOption())
    .addOption(typesOption())
    .addOption(new Option('--since <date>', 'fetched then or later (ISO 8601)').argParser(parseDate))
    .addOption(new Option('--until <date>', 'fetched before then (ISO 8601)').argParser(parseDate))
    .addOption(
      new Option('--class <classes>', `only these, separated by commas: ${CHANGE_CLASSES.join(', ')}`).argParser(
        oneOfEach(CHANGE_CLASSES),
      ),
    )
    .addOption(
      new Option(
        '--topic <topics>',
        'only these, separated by commas, such as disputes/arbitration or money/fees',
      ).argParser(oneOfEach(TOPICS)),
    )
    .option('--alerts', 'only what people are told: alerts, and what undoes one')
    .option('--explain <id>', 'all reasons of one change and its redline; the id of its version, at least 7 digits')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Oldest first, one change for each record that had an earlier version. A collection's index is brought up to date first,
unless a server keeps it. With --repository nothing is written anywhere; the analysis is the same.

Examples:
  clausewatch changes --alerts --since 2026-01-01
  clausewatch changes --services Brass --types "Terms of Service" --json
  clausewatch changes --explain 4f2a91c
  clausewatch changes --repository ../contrib-versions --json > changes.jsonl`,
    )
    .action(showChanges);

async function showChanges(ids: readonly string[], options: ChangesOptions): Promise<void> {
  const { signal, dispose } = abortOnSignals(EXIT.interrupted);
  try {
    if (options.repository === undefined) await showCollections(ids, options, signal);
    else await showRepository(options.repository, options, signal);
  } finally {
    dispose();
  }
}

async function showRepository(repository: string, options: ChangesOptions, signal: AbortSignal): Promise<void> {
  let found = 0;
  for await (const change of changesOfRepository(resolveFromCaller(repository), signal)) {
    if (!isAskedFor(change, options)) continue;
    found++;
    await printLine(
      options.json ? JSON.stringify(change) : changeAsText(change, process.stdout, { whole: !!options.explain }),
    );
  }
  if (found === 0 && options.explain) throw notThere(options.explain, repository);
}

type Filtered = Pick<ListedChange, 'path' | 'date' | 'commit' | 'class' | 'topics' | 'alert' | 'undoes'>;

/** The same conditions as the index's, for changes without one. */
function isAskedFor(change: Filtered, options: ChangesOptions): boolean {
  const [service = '', file = ''] = change.path.split('/');
  const date = new Date(change.date);
  return (
    (!options.services || options.services.includes(service)) &&
    (!options.types || options.types.includes(file.replace(/\.md$/, ''))) &&
    (!options.since || date >= options.since) &&
    (!options.until || date < options.until) &&
    (!options.class || options.class.includes(change.class)) &&
    (!options.topic || options.topic.some((topic) => change.topics?.includes(topic))) &&
    (!options.alerts || change.alert || change.undoes.length > 0) &&
    (!options.explain || change.commit.startsWith(options.explain.toLowerCase()))
  );
}

async function showCollections(ids: readonly string[], options: ChangesOptions, signal: AbortSignal): Promise<void> {
  const { collections } = await loadConfiguredServer(options);
  const open: OpenCollection[] = [];
  try {
    for (const collection of chooseCollections(collections, ids)) {
      const warn = (message: string): boolean => process.stderr.write(`warning: ${collection.id}: ${message}\n`);
      open.push(await openForChanges(collection, { signal, warn }));
    }
    if (options.explain) await explain(open, options.explain, options);
    else await list(open, options);
  } finally {
    for (const one of open) one.close();
  }
}

async function list(open: readonly OpenCollection[], options: ChangesOptions): Promise<void> {
  const { services, types: termsTypes, since, until, class: classes, topic: topics, alerts } = options;
  const filter = { services, termsTypes, since, until, classes, topics, alerts };
  // From the newest to the oldest in each index; the last stands next to the prompt.
  const changes = open.flatMap((one) => [...changesOf(one, filter)].reverse());
  if (open.length > 1) changes.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  for (const change of changes) {
    await printLine(options.json ? JSON.stringify(change) : changeAsText(change, process.stdout));
  }
  if (!options.json && process.stdout.isTTY) {
    const told = changes.filter(({ alert }) => alert).length;
    await printLine(`\n${plural(changes.length, 'change')}, ${plural(told, 'alert')}`);
  }
}

async function explain(open: readonly OpenCollection[], id: string, { json }: ChangesOptions): Promise<void> {
  let isKnown = false;
  for (const one of open) {
    const changes = findChanges(one, id);
    if (!changes) continue;
    isKnown = true;
    if (changes.length === 0) {
      throw new Error(
        `Version ${id} of ${one.collection.id} is no change: it is the first of its terms, its text cannot be read, or it is not judged yet. "clausewatch changes" lists those that are.`,
      );
    }
    for (const change of changes) {
      await printLine(json ? JSON.stringify(change) : `${await explainChange(one, change, process.stdout)}\n`);
    }
  }
  if (!isKnown) throw notThere(id, open.map(({ collection }) => collection.id).join(', '));
}

const notThere = (id: string, where: string): Error =>
  new Error(
    `There is no change with the id ${id} in ${where}. "clausewatch changes --json" prints the ids as "commit".`,
  );

function oneOfEach<Name extends string>(known: readonly Name[]): (value: string, previous?: readonly Name[]) => Name[] {
  return (value, previous = []) => {
    const names = listOf(value);
    const unknown = names.filter((name) => !(known as readonly string[]).includes(name));
    if (unknown.length > 0)
      throw new InvalidArgumentError(`There is no ${unknown.join(', ')}; there is ${known.join(', ')}.`);
    return [...previous, ...known.filter((name) => names.includes(name))];
  };
}
