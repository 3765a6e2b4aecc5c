import type { Words } from '../words/make-words.ts';
import type { AgreeNote } from './agree-messages.ts';
import type { AgreedDocument } from './agreed-documents.ts';

/** Names come from servers and may be of any length. */
const LONGEST_NAME = 80;

/** What the chip says of documents. */
export function agreeNote(documents: readonly AgreedDocument[], words: Words): AgreeNote {
  // On most sites all are of one service, whose name the site itself says.
  const isOneService = new Set(documents.map(({ key }) => key)).size === 1;
  return {
    language: words.language,
    title: words('agree_title'),
    lines: documents.map((document) => ({
      name: [words.termsType(document.type), ...(isOneService ? [] : [document.serviceName])]
        .map(shortened)
        .join(' – '),
      text: `${words('agree_version', { date: words.day(document.versionDate) })} ${howOften(document, words)}`,
      history: words('agree_history'),
      since:
        document.receipt && document.hasChangedSince
          ? words('document_since_agreed', { date: words.day(document.receipt.agreedAt) })
          : undefined,
    })),
    keep: words('agree_keep'),
    kept: words('agree_kept'),
    notKept: words('agree_not_kept'),
    close: words('agree_close'),
  };
}

function howOften({ since, changes }: AgreedDocument, words: Words): string {
  if (since === null) return words('agree_changed_ever', { count: changes });
  return changes === 0
    ? words('agree_unchanged', { date: words.day(since) })
    : words('agree_changed', { count: changes, date: words.day(since) });
}

const shortened = (name: string): string => {
  const shown = name.toWellFormed().replace(/\s+/g, ' ').trim();
  return shown.length > LONGEST_NAME ? `${shown.slice(0, LONGEST_NAME)}…` : shown;
};
