const SVG = 'http://www.w3.org/2000/svg';

type Drawn = readonly [
  tag: 'path' | 'rect' | 'circle' | 'text',
  attributes: Readonly<Record<string, string | number>>,
  text?: string,
];

/** A piece of a puzzle: what both browsers draw for “extensions”. */
const PUZZLE = 'M-7-4h4.2a2.6 2.6 0 1 1 5.2 0H7v4.2a2.6 2.6 0 1 0 0 5.2V9H-7V5.4a2.6 2.6 0 1 0 0-5.2z';
/** As in extension/icons. */
const PILCROW = 'M13 3H6.5a3.5 3.5 0 0 0 0 7H7v3h2V5h1v8h2V5h1z';
const PIN = 'M-3-7h6l-1 5 3 3v2h-4v5l-1 1-1-1v-5h-4v-2l3-3z';
const MORE = 'M0-5.4a1.7 1.7 0 1 0 .01 0zM0-1.7a1.7 1.7 0 1 0 .01 0zM0 2a1.7 1.7 0 1 0 .01 0z';

/**
 * A browser's toolbar with the menu of extensions open, and the two places to press, numbered. Drawn in the colours of the
 * page, so that it is legible in both themes.
 */
export function pinPicture(browser: 'chromium' | 'firefox', words: string): SVGSVGElement {
  const step = (x: number, y: number, number: string): readonly Drawn[] => [
    ['circle', { cx: x, cy: y, r: 9, class: 'step' }],
    ['text', { x, y: y + 4, class: 'step-number' }, number],
  ];
  const drawn: readonly Drawn[] = [
    ['rect', { x: 1, y: 1, width: 438, height: 46, rx: 4, class: 'bar' }],
    ['path', { d: 'M22 24h-8m3-4-4 4 4 4M44 24h8m-3-4 4 4-4 4', class: 'line' }],
    ['rect', { x: 72, y: 12, width: 258, height: 24, rx: 12, class: 'address' }],
    ['path', { d: 'M92 24h96', class: 'words' }],
    ['rect', { x: 344, y: 9, width: 30, height: 30, rx: 4, class: 'here' }],
    ['path', { d: PUZZLE, transform: 'translate(359 22) scale(.95)', class: 'solid' }],
    ['path', { d: MORE, transform: 'translate(414 24)', class: 'solid' }],
    ['rect', { x: 212, y: 54, width: 204, height: 100, rx: 4, class: 'menu' }],
    ['path', { d: 'M228 74h86M258 136h70', class: 'words' }],
    ['rect', { x: 228, y: 128, width: 16, height: 16, rx: 3, class: 'other' }],
    ['rect', { x: 218, y: 87, width: 192, height: 32, rx: 4, class: 'row' }],
    ['rect', { x: 226, y: 95, width: 16, height: 16, rx: 3, class: 'icon' }],
    ['path', { d: PILCROW, transform: 'translate(226 95)', class: 'sign' }],
    ['text', { x: 256, y: 107.5, class: 'name' }, 'Clausewatch'],
    [
      'path',
      {
        d: browser === 'chromium' ? PIN : MORE,
        transform: `translate(382 ${browser === 'chromium' ? 102 : 103})`,
        class: 'solid',
      },
    ],
    ...step(384, 10, '1'),
    ...step(402, 90, '2'),
  ];
  const picture = document.createElementNS(SVG, 'svg');
  picture.setAttribute('viewBox', '0 0 440 160');
  picture.setAttribute('class', 'picture');
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', words);
  for (const [tag, attributes, text] of drawn) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
    if (text !== undefined) made.append(text);
    picture.append(made);
  }
  return picture;
}
