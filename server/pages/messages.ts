import { IntlMessageFormat } from 'intl-messageformat';
import type { PageLanguage } from './languages.ts';
import de from './messages/de.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import es from './messages/es.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };

/** Names of all texts of the website: English is the language that has every one, a test holds the others to it. */
export type MessageKey = keyof typeof en;

/** Values for the places of a message (`{count, plural, one {# version} other {# versions}}`). */
export type MessageValues = Readonly<Record<string, string | number | Date>>;

/** A text in the reader's language. Plain text: whoever puts it into a document escapes it, as `html` does. */
export type Translate = (key: MessageKey, values?: MessageValues) => string;

export const MESSAGES: Readonly<Record<PageLanguage, Readonly<Record<string, string>>>> = { en, fr, de, es };

const compiled = new Map<string, IntlMessageFormat>();

/** Texts in the ICU message syntax, compiled when first used. */
export function createTranslate(language: PageLanguage): Translate {
  return (key, values) => {
    const message = MESSAGES[language][key] ?? en[key];
    // Most have no places.
    if (!message.includes('{')) return message;
    const name = `${language} ${key}`;
    let format = compiled.get(name);
    if (!format) {
      format = new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
      compiled.set(name, format);
    }
    return String(format.format(values));
  };
}
