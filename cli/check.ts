import { styleText } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { checkDeclaration, type DeclarationCheck } from '../crawler/check.ts';
import { forEachConcurrently } from '../crawler/concurrency.ts';
import { interleaveByHost } from '../crawler/interleave.ts';
import { describeError } from './describe-error.ts';
import { EXIT } from './exit-codes.ts';
import { abortOnSignals, InterruptedError } from './interruption.ts';
import { loadCollection, selectServices } from './load-collection.ts';
import {
  allowAddressOption,
  collectionOption,
  jsonOption,
  resolveFromCaller,
  servicesOption,
  typesOption,
} from './options.ts';
import { createDocumentTools } from './tracker.ts';

interface CheckOptions {
  readonly collection: string;
  readonly services?: readonly string[];
  readonly types?: readonly string[];
  readonly allowAddress?: readonly string[];
  readonly json?: boolean;
}

export const checkCommand = (): Command =>
  new Command('check')
    .description('try declarations on the live documents, without recording anything')
    .addOption(collectionOption())
    .addOption(servicesOption())
    .addOption(typesOption())
    .addOption(allowAddressOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
For each terms: every location answers, the selectors match, the text is longer than 100 characters, and a second fetch
gives the same text. Exit code ${EXIT.failed} when some do not.

Examples:
  clausewatch check                            the whole collection
  clausewatch check --services "Wikipedia"     what you just declared`,
    )
    .action(check);

async function check(options: CheckOptions): Promise<void> {
  const collection = await loadCollection(resolveFromCaller(options.collection), options);
  const services = selectServices(collection, options.services, options.types);
  const items = services.flatMap((service) =>
    service.terms
      .filter(({ type }) => !options.types || options.types.includes(type))
      .map((terms) => ({ service, terms })),
  );
  const { signal, dispose } = abortOnSignals(EXIT.interrupted);
  const tools = createDocumentTools(collection, (message) => process.stderr.write(`warning: ${message}\n`));
  const stop = new AbortController();
  const bar = process.stderr.isTTY ? new SingleBar({ stream: process.stderr }, Presets.rect) : undefined;
  const found = new Map<(typeof items)[number], DeclarationCheck>();
  bar?.start(items.length, 0);
  try {
    await forEachConcurrently(
      interleaveByHost(items, ({ terms }) => terms),
      tools.places,
      async (item) => {
        const result = await checkDeclaration(item, {
          ...tools,
          collectionDirectory: collection.directory,
          clock: () => new Date(),
          signal: AbortSignal.any([signal, stop.signal]),
        });
        found.set(item, result);
        bar?.increment();
      },
      stop,
    );
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    process.stderr.write(`${describeError(error)} ${found.size} of ${items.length} terms were checked until then.\n`);
    process.exitCode = EXIT.interrupted;
  } finally {
    bar?.stop();
    await tools.close();
    dispose();
  }
  const checks = items.flatMap((item) => found.get(item) ?? []);
  const faulty = checks.filter(({ faults }) => faults.length > 0);
  if (options.json) for (const check of checks) process.stdout.write(`${JSON.stringify(check)}\n`);
  else process.stdout.write(describe(checks, faulty));
  process.exitCode ??= faulty.length > 0 ? EXIT.failed : EXIT.ok;
}

function describe(checks: readonly DeclarationCheck[], faulty: readonly DeclarationCheck[]): string {
  const stream = process.stdout;
  const lines = checks.map(({ serviceId, termsType, length, faults }) => {
    const mark = faults.length === 0 ? styleText('green', 'ok   ', { stream }) : styleText('red', 'fault', { stream });
    const details = faults.map(({ reason, message }) => `\n        ${reason}: ${message}`).join('');
    return `  ${mark} ${serviceId} · ${termsType}${length > 0 ? `, ${length} characters` : ''}${details}`;
  });
  return `${lines.join('\n')}\n${checks.length} terms checked, ${faulty.length} with faults.\n`;
}
