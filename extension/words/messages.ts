import type en from '../public/_locales/en/messages.json';

/** As browsers want it: https://developer.chrome.com/docs/extensions/reference/api/i18n#concepts_and_usage */
export interface Message {
  readonly message: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string }>>;
}

export type Messages = Readonly<Record<string, Message>>;

type MessageName = keyof typeof en;

/**
 * Names of all texts: English has every one, a test holds the others to it. A text that depends on a number stands there
 * twice, `…_one` and `…_other`, and is asked for without either.
 */
export type WordsKey = {
  [Name in MessageName]: Name extends `${infer Counted}_one` ? Counted : Name extends `${string}_other` ? never : Name;
}[MessageName];

/** Fills `$NAME$` by the value of `name`; a place without a value is left empty. What a value itself holds stays as it is. */
export const fill = (message: string, values: Readonly<Record<string, string>>): string =>
  message.replace(/\$(\w+)\$/g, (_place, name: string) => {
    const wanted = name.toLowerCase();
    return Object.hasOwn(values, wanted) ? (values[wanted] ?? '') : '';
  });
