import type { LastRefresh } from '../state/last-refresh.ts';
import { element } from './element.ts';
import type { Reading } from './reading.ts';

/** Files are refreshed every six hours: what is older than a day is told above everything else. */
const OLD = 24 * 3_600_000;

/** How old what is shown is, in words. */
export const ageLine = (
  server: string,
  { succeededAt }: LastRefresh,
  { words, now }: Omit<Reading, 'addresses'>,
): HTMLElement =>
  element('p', { class: 'age' }, [
    element('bdi', {}, [
      succeededAt === null ? server : words('age_updated', { server, ago: words.ago(succeededAt, now) }),
    ]),
  ]);

/** What to know before reading, where the files are old: since when nothing is known, and why. undefined: they are not. */
export function ageNotice(
  { succeededAt, failure }: LastRefresh,
  { words, now }: Omit<Reading, 'addresses'>,
): HTMLElement | undefined {
  if (succeededAt === null || now.getTime() - Date.parse(succeededAt) < OLD) return undefined;
  const reason = failure === null ? undefined : ` ${words(`age_${failure}`)}`;
  return element('p', { class: 'notice' }, [words('age_old', { ago: words.ago(succeededAt, now) }), reason]);
}
