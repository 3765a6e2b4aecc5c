import { Command } from 'commander';
import { EXIT } from './exit-codes.ts';
import { faultsAsText } from './faults-text.ts';
import { allowAddressOption, collectionOption, dataOption, jsonOption, resolveFromCaller } from './options.ts';
import { type LoadedSettings, loadSettings } from './settings.ts';

interface ConfigOptions {
  readonly collection: string;
  readonly data?: string;
  readonly allowAddress?: readonly string[];
  readonly json?: boolean;
}

export const configCommand = (): Command =>
  new Command('config')
    .description('print the settings in force, where each comes from, and what was ignored')
    .addOption(collectionOption())
    .addOption(dataOption())
    .addOption(allowAddressOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  clausewatch config
  CLAUSEWATCH_HOST_PAUSE=5000 clausewatch config --collection ../contrib-declarations

What is named later wins: defaults, the collection's config/*.json, the environment, options. Exit code ${EXIT.failed}
where a value cannot be used.`,
    )
    .action(config);

async function config(options: ConfigOptions): Promise<void> {
  const loaded = await loadSettings({ collectionDirectory: resolveFromCaller(options.collection), options });
  process.stdout.write(options.json ? asJsonLines(loaded) : asText(loaded));
  if (loaded.faults.length > 0) process.exitCode = EXIT.failed;
}

function asJsonLines({ entries, ignored, faults }: LoadedSettings): string {
  return [
    ...entries.map(({ key, value, origin }) => ({ kind: 'setting', key, value: value ?? null, origin })),
    ...ignored.map((setting) => ({ kind: 'ignored', ...setting })),
    ...faults.map((fault) => ({ kind: 'fault', ...fault })),
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}

function asText({ entries, ignored, faults }: LoadedSettings): string {
  const parts = [columns(entries.map(({ key, value, origin }) => [key, shown(value), origin]))];
  if (ignored.length > 0) {
    parts.push(`Ignored:\n${columns(ignored.map(({ key, origin, reason }) => [key, origin, reason]))}`);
  }
  if (faults.length > 0) parts.push(faultsAsText(faults, process.stdout));
  return parts.join('\n');
}

function shown(value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '–';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** Left-aligned; the last column is not filled up. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map(
      (row) =>
        `  ${row.map((cell, column) => cell.padEnd(column < row.length - 1 ? (widths[column] ?? 0) : 0)).join('  ')}\n`,
    )
    .join('');
}
