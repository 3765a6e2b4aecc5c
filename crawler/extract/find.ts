/**
 * Finds the elements that a CSS selector matches, in document order. Throws whatever its engine throws on a selector that
 * it does not understand.
 */
export type Find = (document: Document, selector: string) => readonly Element[];

/** By the DOM's own engine: jsdom's or a browser's. */
export const findNatively: Find = (document, selector) => Array.from(document.querySelectorAll(selector));
