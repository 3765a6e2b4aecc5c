import type { Configuration } from '../archive/declarations/configuration.ts';
import { type Fault, kindOf } from '../archive/declarations/fault.ts';
import type { SettingSource } from './setting-source.ts';
import { Unsuitable } from './setting-values.ts';

/** From where settings are taken. */
export interface SettingsInput {
  readonly configuration: Configuration;
  readonly env: NodeJS.ProcessEnv;
  readonly options: Readonly<Record<string, unknown>>;
}

export const DEFAULT_ORIGIN = 'default';

interface Given {
  readonly value: unknown;
  readonly origin: string;
  /** Where a fault of it belongs. */
  readonly file: string;
  readonly path: string;
}

/** The value in force for one setting, where it comes from, and a fault where what was given cannot be used. */
export function resolveSetting<Value>(
  key: string,
  source: SettingSource<Value>,
  input: SettingsInput,
  faults: Fault[],
): { value: Value; origin: string } {
  const given = fromOption(source, input) ?? fromEnvironment(source, input) ?? fromConfiguration(source, input);
  if (!given) return { value: source.fallback, origin: DEFAULT_ORIGIN };
  try {
    return { value: source.read(given.value), origin: given.origin };
  } catch (error) {
    if (!(error instanceof Unsuitable)) throw error;
    const { origin, file, path } = given;
    faults.push({
      service: undefined,
      file,
      path,
      message: `the setting ${key} (${origin}${file === origin && path ? `, ${path}` : ''}) is ${kindOf(given.value)}; ${error.message}`,
      hint: 'Correct it, or take it out for the default.',
      severity: 'fault',
    });
    return { value: source.fallback, origin: DEFAULT_ORIGIN };
  }
}

function fromOption({ option }: SettingSource<unknown>, { options }: SettingsInput): Given | undefined {
  if (option === undefined || options[option] === undefined) return undefined;
  const origin = `option --${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return { value: options[option], origin, file: 'command line', path: '' };
}

function fromEnvironment({ environment = [] }: SettingSource<unknown>, { env }: SettingsInput): Given | undefined {
  const variable = environment.find((name) => env[name]);
  if (variable === undefined) return undefined;
  return { value: env[variable], origin: `environment ${variable}`, file: 'environment', path: variable };
}

function fromConfiguration(
  { configuration: keys = [] }: SettingSource<unknown>,
  { configuration }: SettingsInput,
): Given | undefined {
  const key = keys.find((candidate) => configuration.has(candidate));
  const found = key === undefined ? undefined : configuration.get(key);
  return found && { value: found.value, origin: found.file, file: found.file, path: key ?? '' };
}
