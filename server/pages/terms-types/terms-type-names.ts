import type { PageLanguage } from '../languages.ts';
import de from './de.json' with { type: 'json' };
import es from './es.json' with { type: 'json' };
import fr from './fr.json' with { type: 'json' };

/** Names of terms types by their English ones, which are keys of Open Terms Archive and stay in addresses and records. */
export const TERMS_TYPE_NAMES: Readonly<Record<Exclude<PageLanguage, 'en'>, Readonly<Record<string, string>>>> = {
  de,
  es,
  fr,
};

/** @returns undefined for a type that is not in the list: it is called what its collection calls it. */
export function termsTypeName(language: PageLanguage, type: string): string | undefined {
  if (language === 'en') return type;
  const names = TERMS_TYPE_NAMES[language];
  return Object.hasOwn(names, type) ? names[type] : undefined;
}
