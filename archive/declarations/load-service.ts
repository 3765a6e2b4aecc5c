import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportedNames } from './exported-names.ts';
import { type Fault, type Report, reportTo } from './fault.ts';
import { readHistory } from './history.ts';
import { readJson } from './json-file.ts';
import { readService } from './parse-service.ts';
import type { Service, Terms } from './service.ts';

interface Place {
  /** Absolute path of the folder `declarations`. */
  readonly folder: string;
  /** What precedes a file's name in faults. */
  readonly prefix: string;
  /** Names of the files in it. */
  readonly files: readonly string[];
  readonly checkFunctions: boolean;
}

/** Loads one service from its up to four files, with all faults found in them. */
export async function loadService(
  id: string,
  { folder, prefix, files, checkFunctions }: Place,
): Promise<{ service: Service | undefined; faults: Fault[] }> {
  const faults: Fault[] = [];
  const path = (name: string): string | undefined => (files.includes(name) ? join(folder, name) : undefined);
  const reportOf = (name: string): Report => reportTo(faults, id, `${prefix}${name}`);
  const readText = (name: string): Promise<string | undefined> => readUtf8(join(folder, name), reportOf(name));

  const filtersFile = path(`${id}.filters.js`);
  const filtersHistoryFile = path(`${id}.filters.history.js`);
  let functions: Set<string> | undefined;
  if (checkFunctions) {
    functions = new Set();
    for (const name of [`${id}.filters.js`, `${id}.filters.history.js`]) {
      const source = path(name) && (await readText(name));
      const names = source === undefined ? [] : exportedNames(source);
      functions = names && functions && new Set([...functions, ...names]);
    }
  }

  const file = `${id}.json`;
  const text = await readText(file);
  const json = text === undefined ? undefined : readJson(text, reportOf(file));
  const declared = json === undefined ? undefined : readService(id, json, { report: reportOf(file), functions });

  const historyFile = `${id}.history.json`;
  let history: ReadonlyMap<string, readonly Terms[]> = new Map();
  if (path(historyFile)) {
    const report = reportOf(historyFile);
    const historyText = await readText(historyFile);
    const historyJson = historyText === undefined ? undefined : readJson(historyText, report);
    if (historyJson !== undefined) history = readHistory(id, historyJson, { report, functions });
  }
  return { service: declared && { ...declared, history, filtersFile, filtersHistoryFile }, faults };
}

async function readUtf8(path: string, report: Report): Promise<string | undefined> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    if (error instanceof TypeError) report('', 'is not encoded in UTF-8', 'Save it as UTF-8.');
    else report('', `cannot be read: ${error instanceof Error ? error.message : error}`, 'Correct its permissions.');
    return undefined;
  }
}
