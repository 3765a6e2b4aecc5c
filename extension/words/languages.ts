/** Those that `public/_locales` has, with their own names. */
export const LANGUAGE_NAMES = { en: 'English', fr: 'Français', de: 'Deutsch', es: 'Español' } as const;

export type Language = keyof typeof LANGUAGE_NAMES;

export const LANGUAGES: readonly Language[] = ['en', 'fr', 'de', 'es'];

/**
 * The language of the interface.
 *
 * @param chosen as in the settings: `auto` is the browser's
 * @param browsers of the browser's own interface: `de-AT`
 */
export function languageOf(chosen: Language | 'auto', browsers: string): Language {
  if (chosen !== 'auto') return chosen;
  const [main] = browsers.toLowerCase().split(/[-_]/);
  return LANGUAGES.find((language) => language === main) ?? 'en';
}
