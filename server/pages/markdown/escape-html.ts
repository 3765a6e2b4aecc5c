const UNSAFE = /[&<>"'\0]/g;

/** NUL has no place in a document; the others could end a text or an attribute. */
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\0': '\uFFFD',
};

/** Archived text as it may stand in a document, in elements and in quoted attributes; lone surrogates are replaced. */
export const escapeHtml = (text: string): string =>
  text.toWellFormed().replace(UNSAFE, (character) => ENTITIES[character] ?? character);
