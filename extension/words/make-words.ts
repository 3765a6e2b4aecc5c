import { type Formats, formatsOf } from './formats.ts';
import { messageOfId } from './ids.ts';
import type { Language } from './languages.ts';
import { fill, type Messages, type WordsKey } from './messages.ts';

/** For the places of a text; numbers are written as the language does, and `count` chooses between one and many. */
export type WordsValues = Readonly<Record<string, string | number>>;

/** Texts in the reader's language, as plain text: they go into text nodes. */
export interface Words extends Formats {
  (key: WordsKey, values?: WordsValues): string;
  readonly language: Language;
  /** What kind of change: a class, `return`, `fault`. */
  mark(id: string): string;
  /** `ai/training`; one that this program does not know is called by its id. */
  topic(id: string): string;
  /** What topics have in common: `ai` of `ai/training`. */
  topicField(id: string): string;
  /** `Privacy Policy`; one that this program does not know is called what its collection calls it. */
  termsType(type: string): string;
}

/** @param messages of one language, complete */
export function makeWords(language: Language, messages: Messages): Words {
  const formats = formatsOf(language);
  const plurals = new Intl.PluralRules(language);
  const textOf = (name: string): string | undefined =>
    Object.hasOwn(messages, name) ? messages[name]?.message : undefined;
  const chosen = (key: string, count: number): string | undefined =>
    textOf(`${key}_${plurals.select(count)}`) ?? textOf(`${key}_other`);

  const words = (key: WordsKey, values: WordsValues = {}): string => {
    const text = textOf(key) ?? (typeof values.count === 'number' ? chosen(key, values.count) : undefined);
    const written = Object.entries(values).map(([name, value]) => [
      name.toLowerCase(),
      typeof value === 'number' ? formats.number(value) : value,
    ]);
    return fill(text ?? key, Object.fromEntries(written));
  };
  const byId = (kind: Parameters<typeof messageOfId>[0]) => (id: string) => textOf(messageOfId(kind, id)) ?? id;

  return Object.assign(words, formats, {
    language,
    mark: byId('mark'),
    topic: byId('topic'),
    topicField: byId('field'),
    termsType: byId('type'),
  });
}
