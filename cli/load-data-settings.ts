import { resolveFromCaller } from './options.ts';
import { loadSettings, type Settings } from './settings.ts';

/**
 * Settings for commands that work on the data alone: no declarations are needed.
 *
 * @throws Error listing every setting that is wrong.
 */
export async function loadDataSettings(options: { readonly collection: string }): Promise<Settings> {
  const { settings, faults } = await loadSettings({
    collectionDirectory: resolveFromCaller(options.collection),
    options,
  });
  if (faults.length > 0) {
    throw new Error(`Some settings are wrong:\n${faults.map(({ message }) => `  ${message}`).join('\n')}`);
  }
  return settings;
}
