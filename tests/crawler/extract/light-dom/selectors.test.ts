import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { findInLightDom } from '../../../../crawler/extract/light-dom/find.ts';
import { parseLight } from '../../../../crawler/extract/light-dom/parse.ts';
import { UnsupportedSelector } from '../../../../crawler/extract/light-dom/selectors/unsupported-selector.ts';
import { dataDirectory, declaredSelectors } from '../demo-data.ts';

const body = `<title>T</title><main id=Main class="one two	three
four" data-x lang=EN>
  <h1 id="1st">h</h1><p class=One>a</p><p>b<i></i></p><!-- c --><p title="">c</p>
  <ul><li>1<li class=x>2<li>3<li class="x y">4<li>5<li class=x>6</ul>
  <ol type=A><p>odd</p><li>7<ul><li>8</ul></ol>
  <a href="https://a.example/x.PDF" hreflang="en-GB" target=_BLANK>link</a><a href="#top"><img src=i.svg></a>
  <div class="gr--push-1@l ümläut -dash _x a:b">e</div><section><span></span><span> </span><span>s</span></section>
  <svg><linearGradient id=g></linearGradient><a href=x>svg</a><style>x</style></svg><template><p class=x>no</p></template>
</main>`;
const documents = { 'with a doctype': `<!doctype html>${body}`, 'in quirks mode': body };

const selectors = [
  '*',
  'p',
  'P',
  'main',
  '#Main',
  '#main',
  '.one',
  '.ONE',
  '.One',
  '.two.three',
  '.four',
  'main.one#Main[data-x]',
  '[class]',
  '[CLASS]',
  '[data-x]',
  '[data-x=""]',
  '[title]',
  '[title=""]',
  '[lang=en]',
  '[lang="EN" s]',
  '[lang=en s]',
  '[type=a]',
  '[type="a" s]',
  '[target=_blank]',
  '[href$=".pdf"]',
  '[href$=".pdf" i]',
  "[href^='#']",
  '[href*=example]',
  '[hreflang|=en]',
  '[class~=two]',
  '[class~="one two"]',
  '[class~=""]',
  '[href^=""]',
  '[href*=""]',
  '[ href = "#top" ]',
  'ul li',
  'ul > li',
  'ul>li',
  'main>ul>li',
  'p + p',
  'p~p',
  'h1 ~ *',
  'h1 + p + p',
  'ul\n>\tli',
  'ol > *:not(li)',
  ':first-child',
  'li:first-child',
  'li:last-child',
  'p:first-of-type',
  'p:last-of-type',
  'span:only-child',
  'ol p:only-of-type',
  'li:nth-child(2)',
  'li:nth-child(odd)',
  'li:nth-child(EVEN)',
  'li:nth-child(2n+1)',
  'li:nth-child(-n+3)',
  'li:nth-child( 3n - 1 )',
  'li:nth-child(+n)',
  'li:nth-child(n+4)',
  'li:nth-child(-2n+5)',
  'li:nth-child(0)',
  'li:nth-last-child(2)',
  'li:nth-last-child(-n+2)',
  'li:nth-child(2 of .x)',
  'li:nth-last-child(1 of .x, .y)',
  'p:nth-of-type(2)',
  'p:nth-last-of-type(2)',
  'span:empty',
  'i:empty',
  ':root',
  ':root > body',
  ':not(p)',
  'li:not(.x)',
  'li:not(.x, :first-child)',
  ':is(h1, p)',
  ':where(ul, ol) > li',
  'a:has(img)',
  'a:has(> img)',
  'p:has(+ ul)',
  'h1:has(~ ul)',
  'main:has(li li, p)',
  ':not(:has(*))',
  'li:has(ul) li',
  'p, h1',
  'h1,p , ul',
  '#\\31 st',
  '#\\000031st',
  '.gr--push-1\\@l',
  '.ümläut',
  '.\\75mläut',
  '.-dash',
  '._x',
  '.a\\:b',
  'a[href=\\#top]',
  '[href="\\23 top"]',
  'linearGradient',
  'lineargradient',
  'svg a',
  'svg style',
  '.x',
  'template p',
  'p:not(:nth-child(2))',
  'main :is(ul > li:nth-child(2), p)',
];

/** Not ours to decide, right or wrong: jsdom is asked. */
const unsupported = [
  '',
  ' ',
  ',',
  'p,',
  'p >',
  '> p',
  'p > > a',
  '#1st',
  '.1',
  '..a',
  '[',
  '[a',
  '[a=1]',
  '[a=b',
  "[a='b]",
  ':not()',
  ':not(p',
  ':is(p,)',
  'p:hover',
  'p::before',
  ':nth-child(x)',
  ':nth-child(2n + )',
  ':nth-child(+ 2)',
  ':lang(en)',
  ':scope',
  'svg|a',
  '*|a',
  '[*|href]',
  'p /* c */',
  'a!',
  'p)',
  ':nth-child(2 of )',
  ':unknown',
  ':not',
  ':contains(x)',
  '\\',
  'a\u0000',
];

describe.each(Object.entries(documents))('a document %s', (_, html) => {
  const { document } = new JSDOM(html).window;
  const light = parseLight(html, 'https://a.example/');
  const places = (elements: Iterable<Element>, all: readonly Element[]): string[] =>
    Array.from(elements, (element) => `${all.indexOf(element)} ${element.localName}`);

  test.each(selectors)('%s', (selector) => {
    const expected = places(document.querySelectorAll(selector), Array.from(document.querySelectorAll('*')));
    expect(places(findInLightDom(light, selector), findInLightDom(light, '*'))).toEqual(expected);
  });
});

test('most of the selectors match something', () => {
  const light = parseLight(documents['with a doctype'], 'https://a.example/');
  expect(selectors.filter((selector) => findInLightDom(light, selector).length > 0).length).toBeGreaterThanOrEqual(90);
});

test.each(unsupported)('leaves %j to jsdom', (selector) => {
  expect(() => findInLightDom(parseLight(body, 'https://a.example/'), selector)).toThrow(UnsupportedSelector);
});

const hasCollections = existsSync(join(dataDirectory, 'contrib-declarations'));

test.skipIf(!hasCollections)(
  `knows every selector of real collections${hasCollections ? '' : ' (skipped: ../shared/data/contrib-declarations is not there)'}`,
  () => {
    const declared = declaredSelectors();
    const light = parseLight(body, 'https://a.example/');
    const { document } = new JSDOM(body).window;
    const unknown = declared.filter((selector) => {
      try {
        findInLightDom(light, selector);
        return false;
      } catch {
        return isValid(document, selector);
      }
    });
    expect(declared.length).toBeGreaterThan(800);
    expect(unknown).toEqual([]);
  },
);

function isValid(document: Document, selector: string): boolean {
  try {
    document.querySelector(selector);
    return true;
  } catch {
    return false;
  }
}
