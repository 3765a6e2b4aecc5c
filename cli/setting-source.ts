import type { Reader } from './setting-values.ts';

/** Where a setting can come from. What stands later wins: fallback, configuration, environment, option. */
export interface SettingSource<Value> {
  readonly read: Reader<Value>;
  readonly fallback: Value;
  /** Keys below `@opentermsarchive/engine`; the first one present counts. */
  readonly configuration?: readonly string[];
  /** Variables; the first one that is set and not empty counts. */
  readonly environment?: readonly string[];
  /** Name of the option, as the argument parser gives it. */
  readonly option?: string;
}
