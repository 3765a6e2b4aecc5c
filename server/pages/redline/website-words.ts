import type { PageContext } from '../page-context.ts';
import type { RedlineWords } from './parts/redline-words.ts';

/** A redline's own words in the language of the page. */
export function websiteWords({ t, language }: Pick<PageContext, 't' | 'language'>): RedlineWords {
  return {
    language,
    inserted: t('redline.inserted'),
    deleted: t('redline.deleted'),
    moved: t('redline.moved'),
    image: t('redline.image'),
    movedFrom: (heading, number) =>
      heading === undefined ? t('redline.movedFromPlace', { number }) : t('redline.movedFrom', { heading }),
    movedTo: (number) => t('redline.movedTo', { number }),
    unchanged: (count) => t('redline.unchanged', { count }),
    change: (number, of) => t('redline.change', { number, of }),
    previous: t('redline.previous'),
    next: t('redline.next'),
    since: t('redline.since'),
    sinceOf: (number) => t('redline.sinceOf', { number }),
    wordless: t('redline.wordless'),
    before: t('redline.before'),
    after: t('redline.after'),
  };
}
