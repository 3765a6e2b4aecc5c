import { asMoment } from './heal.ts';
import { changeItem, type Shape } from './item.ts';

const KEY = 'installedAt';

const shape: Shape<string | undefined> = { heal: asMoment };

/** When the extension was installed, or its data deleted: noted when it is asked for the first time, which the worker does then. */
export async function readInstalledAt(now = new Date()): Promise<Date> {
  return new Date(await changeItem(KEY, shape, (moment) => moment ?? now.toISOString()));
}
