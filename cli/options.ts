import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { callerDirectory } from './caller-directory.ts';

/** Resolves a path from where the person stands, also when npm started the program elsewhere. */
export const resolveFromCaller = (path: string): string => resolve(callerDirectory(), path);

/** Commas separate; names may hold spaces. Accepts `a,b c` and repeated options alike. */
function parseList(value: string, previous: readonly string[] = []): string[] {
  return [...previous, ...listOf(value)];
}

/** Commas separate. @throws InvalidArgumentError where there is nothing. */
export function listOf(value: string): string[] {
  const names = value
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  if (names.length === 0) throw new InvalidArgumentError('Expected at least one name.');
  return names;
}

export const collectionOption = (): Option =>
  new Option('--collection <dir>', 'folder of the collection: declarations/, metadata.yml, config/').default('.');

export const dataOption = (): Option =>
  new Option('--data <dir>', 'folder of the records, ledger and lock (default: data in the collection)');

export const servicesOption = (): Option =>
  new Option('--service, --services <ids>', 'only these services, separated by commas').argParser(parseList);

export const typesOption = (): Option =>
  new Option('--type, --types <types>', 'only these terms types, separated by commas').argParser(parseList);

export const jsonOption = (): Option => new Option('--json', 'one JSON object a line on stdout, for programs');

export const allowAddressOption = (): Option =>
  new Option(
    '--allow-address <addresses>',
    'internal addresses that may be fetched, such as 127.0.0.1:8080, separated by commas',
  ).argParser(parseList);

/** Of the commands that track. */
export const secondFetchOptions = (): readonly Option[] => [
  new Option(
    '--second-fetch <on|off>',
    'fetch changes of the text again, to tell those that do not last (default: on)',
  ),
  new Option('--second-fetch-wait <milliseconds>', 'between a change and its second fetch (default: 30000)'),
];

/** @param conflicting options that mean nothing beside a configuration file. */
export const configurationOption = (conflicting = ['collection', 'data', 'services']): Option =>
  new Option(
    '--configuration <file>',
    'several collections, tracked here or mirrored, instead of --collection',
  ).conflicts(conflicting);

/** Of the commands that serve. */
export const serverOptions = (): readonly Option[] => [
  new Option('--host <address>', 'address to listen on; 0.0.0.0 or :: for all (default: 127.0.0.1)'),
  new Option('--port <number>', "port to listen on (default: the collection's collection-api.port, or 3000)"),
  new Option('--base-path <path>', 'path before all others, such as /terms'),
  new Option(
    '--public-url <url>',
    'address under which readers reach the server, base path included; links begin with it',
  ),
  new Option(
    '--trust-proxy <addresses>',
    'proxies whose forwarded headers count: addresses, ranges, or loopback, separated by commas',
  ),
];
