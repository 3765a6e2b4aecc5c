/** Languages of the website, each with a file in `messages/`. The first is the one for readers of none of them. */
export const PAGE_LANGUAGES = ['en', 'fr', 'de', 'es'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

/** How each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<PageLanguage, string>> = {
  en: 'English',
  fr: 'Français',
  de: 'Deutsch',
  es: 'Español',
};

/** The language that a reader asks for (RFC 9110, 12.5.4): of those with the highest weight the first that we have. */
export function chooseLanguage(acceptLanguage: string | undefined): PageLanguage {
  const asked = (acceptLanguage ?? '')
    .slice(0, 1_000)
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { code: range.split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  for (const { code } of asked) {
    const found = PAGE_LANGUAGES.find((language) => language === code);
    if (found) return found;
  }
  return PAGE_LANGUAGES[0];
}
