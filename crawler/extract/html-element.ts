const HTML = 'http://www.w3.org/1999/xhtml';

/** True for HTML's own elements, false for SVG's and MathML's of the same name. */
export const isHtml = (element: Element): boolean => element.namespaceURI === HTML;
