import { DEFAULT_SERVER } from '../default-server.ts';
import { asFlag, asNumber, asOneOf, asRecord, asTexts } from './heal.ts';
import { changeItem, readItem, type Shape, watchItems } from './item.ts';
import { readServer } from './server-address.ts';
import type { Settings } from './settings-types.ts';

const KEY = 'settings';

const shape: Shape<Settings> = {
  heal: (stored) => {
    const value = asRecord(stored);
    return {
      server: readServer(value.server) ?? DEFAULT_SERVER,
      days: asNumber(value.days, [1, 30], 30),
      badge: asFlag(value.badge, true),
      notifications: asOneOf(value.notifications, ['off', 'each', 'weekly'], 'off'),
      topics: asTexts(value.topics),
      mutedTypes: asTexts(value.mutedTypes),
      mutedServices: asTexts(value.mutedServices),
      language: asOneOf(value.language, ['auto', 'en', 'fr', 'de', 'es'], 'auto'),
      agreeMoment: asFlag(value.agreeMoment, false),
    };
  },
};

export const readSettings = (): Promise<Settings> => readItem(KEY, shape);

export const changeSettings = (part: Partial<Settings>): Promise<Settings> =>
  changeItem(KEY, shape, (settings) => shape.heal({ ...settings, ...part }));

/** Calls back with the settings after each change. @returns ends it */
export const watchSettings = (called: (settings: Settings) => void): (() => void) =>
  watchItems(
    (key) => key === KEY,
    () => void readSettings().then(called),
  );
