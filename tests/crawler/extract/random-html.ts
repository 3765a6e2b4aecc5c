import fc from 'fast-check';

const tags =
  'a a a b i em strong p p div div span ul ol li li h1 h2 h3 table tr td th thead tbody tfoot caption blockquote pre code del s ' +
  'section main nav form option button label dl dt dd figure ' +
  'sup sub center font address details summary body html head dialog search menu object ' +
  'ruby rt rp rb rtc nobr marquee applet article aside hgroup header footer fieldset legend optgroup colgroup video audio ' +
  'canvas slot x-custom image big tt u';
const voids = 'br br hr img input wbr meta link base area col embed param source track keygen';
const texts = [
  'Terms',
  ' ',
  '\n',
  '  two  words ',
  '\u00a0',
  ' \u00a0 ',
  '1. one',
  '- dash',
  '# hash',
  '> quote',
  '*star*',
  '_under_',
  '[brackets]',
  '`tick`',
  'a|b',
  '\\',
  '+ plus',
  '~~~',
  '&amp;',
  '&nbsp;',
  '&lt;b&gt;',
  '&copy',
  '&#x1F600;',
  'Ünïcödé',
  '利用規約',
  'الشروط',
  '<!-- comment -->',
  '<![CDATA[x]]>',
  '<?php ?>',
  '\t',
  '\r\n',
  '=',
  '&',
  '<',
  'x\u200by',
  '\ufeff',
  '\0',
];
const attributes = [
  '',
  '',
  '',
  ' class="a"',
  ' class="b c"',
  ' id=x',
  ' id="y"',
  ' href="/path?q=1&utm=2#f"',
  ' href="#top"',
  ' href=""',
  ' href="mailto:a@b.example"',
  ' href="http://["',
  ' href="//other.example/ä b"',
  ' href="page (1).html"',
  ' href=" x "',
  ' href="javascript:void(0)"',
  ' href="data:text/plain,x"',
  ' href="/cdn-cgi/l/email-protection#abc"',
  ' title=\'t "q"\'',
  ' title="line\n\n  two"',
  ' src="i.png?utm=1"',
  ' src="data:image/gif;base64,AA"',
  ' alt="alt [x]\n y"',
  ' colspan=2',
  ' align=right',
  ' start=5',
  ' type=checkbox',
  ' type=checkbox checked',
  ' class="highlight-source-js"',
  ' /',
  ' hidden',
];

/** Elements that keep all that follows for themselves when they are not closed. */
const swallowing =
  'template noscript svg math iframe textarea title script style select frameset xmp noembed noframes plaintext listing foreignObject desc annotation-xml mi mtext';

const text = fc.constantFrom(...texts);
const tag = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...tags.split(' ')) },
  { weight: 1, arbitrary: fc.constantFrom(...swallowing.split(' ')) },
);
const opening = fc.tuple(fc.constantFrom(...attributes), fc.constantFrom(...attributes)).map((pair) => pair.join(''));
const empty = fc.tuple(fc.constantFrom(...voids.split(' ')), opening).map(([name, rest]) => `<${name}${rest}>`);

const { node } = fc.letrec<{ node: string; element: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: text },
    { weight: 2, arbitrary: empty },
    { weight: 6, arbitrary: tie('element') },
    // Tags that stand alone, so that elements overlap and end in the wrong place.
    { weight: 1, arbitrary: fc.tuple(tag, opening).map(([name, rest]) => `<${name}${rest}>`) },
    { weight: 1, arbitrary: tag.map((name) => `</${name}>`) },
  ),
  element: fc
    .tuple(tag, opening, fc.array(tie('node'), { maxLength: 5, depthIdentifier: 'html' }))
    .map(([name, rest, children]) => `<${name}${rest}>${children.join('')}</${name}>`),
}));

const start = fc.constantFrom(
  '',
  '<!doctype html>',
  '<!doctype html><base href="/base/">',
  '<base href="//b.example">',
);

/** HTML as nobody should write it: some of its elements overlap or are never closed. */
export const randomHtml: fc.Arbitrary<string> = fc
  .tuple(start, fc.array(node, { minLength: 1, maxLength: 12 }))
  .map(([first, nodes]) => first + nodes.join(''));

const selector = fc.constantFrom(
  'body',
  '*',
  'p',
  'div',
  '.a',
  '#x',
  'main, .b',
  'a',
  'li',
  'p > *',
  'div *',
  ':not(div)',
  'tr:first-child',
  'ul, ol',
  'p ~ p',
  'b + *',
  '[class]',
  'td:nth-child(2)',
  ':is(p, div):has(a)',
  'span:only-child',
  'table',
);

const range = fc.tuple(fc.boolean(), fc.boolean(), selector, selector).map(([startsBefore, endsBefore, from, to]) => ({
  ...(startsBefore ? { startBefore: from } : { startAfter: from }),
  ...(endsBefore ? { endBefore: to } : { endAfter: to }),
}));

const one = fc.oneof({ weight: 3, arbitrary: selector }, { weight: 2, arbitrary: range });

/** What a declaration removes. */
export const randomSelectors = fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }));

/** What a declaration selects: mostly something that is there. */
export const randomSelection = fc.oneof(
  { weight: 3, arbitrary: fc.constant('body') },
  { weight: 1, arbitrary: fc.constantFrom('html', 'body > *', '*', ':root :is(p, div, a, table)') },
  { weight: 2, arbitrary: randomSelectors },
  { weight: 1, arbitrary: range.map((ends) => [ends, 'body']) },
);
