/** Language tags of a setting, the preferred first; quality factors of older configurations are dropped. */
export const languageTags = (language: string): string[] =>
  language
    .split(',')
    .map((tag) => tag.replace(/;.*$/, '').trim())
    .filter((tag) => /^(\*|[A-Za-z0-9-]+)$/.test(tag));

/** `Accept-Language` as browsers send it: each tag weighs less than the one before. */
export const acceptLanguage = (language: string): string =>
  languageTags(language)
    .map((tag, position) => (position === 0 ? tag : `${tag};q=${(Math.max(1, 10 - position) / 10).toFixed(1)}`))
    .join(',');
