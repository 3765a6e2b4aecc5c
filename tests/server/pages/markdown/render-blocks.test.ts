import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { plainText } from '../../../../archive/changes/blocks/plain-text.ts';
import { splitBlocks } from '../../../../archive/changes/blocks/split-blocks.ts';
import { termsText } from '../../../../server/pages/markdown/terms-text.ts';

const WORDS = { language: 'fr', picture: 'Image :', table: 'Tableau' };

const html = async (markdown: string): Promise<string> =>
  String((await termsText(markdown, WORDS)).html).replaceAll('\n', '');

describe('Markdown as services’ terms have it', () => {
  test.each<[string, string, string]>([
    [
      'a paragraph',
      'We *may* **end** it ~~soon~~.',
      '<p id="b0">We <em>may</em> <strong>end</strong> it <s>soon</s>.</p>',
    ],
    ['a hard break', 'One  \ntwo', '<p id="b0">One<br>two</p>'],
    ['a break as services write it', 'One<br/>two', '<p id="b0">One<br>two</p>'],
    ['escapes', '1\\. A \\* B', '<p id="b0">1. A * B</p>'],
    ['code', 'Call `a < b`', '<p id="b0">Call <code>a &lt; b</code></p>'],
    [
      'headings below the document’s own',
      '# A\n\n### B\n\n# C',
      '<h2 id="b0">A</h2><h3 id="b1">B</h3><h2 id="b2">C</h2>',
    ],
    ['an underlined heading', 'A\n=====\n\nB\n-----', '<h2 id="b0">A</h2><h3 id="b1">B</h3>'],
    ['a rule', 'a\n\n* * *\n\nb', '<p id="b0">a</p><hr id="b1"><p id="b2">b</p>'],
    [
      'a link',
      '[Rules](https://a.example/r?a=1&b=2 "title")',
      '<p id="b0"><a href="https://a.example/r?a=1&amp;b=2" rel="nofollow noopener noreferrer">Rules</a></p>',
    ],
    ['a link without words', 'x [](https://a.example) y', '<p id="b0">x  y</p>'],
    [
      'a picture',
      'x ![our logo](https://a.example/p.gif)',
      '<p id="b0">x <span class="picture"><span lang="fr">Image :</span> our logo</span></p>',
    ],
    ['a picture that says nothing', 'x ![](https://a.example/p.gif) y', '<p id="b0">x  y</p>'],
    ['a quotation', '> a\n> b\n\nc', '<blockquote><p id="b0">ab</p></blockquote><p id="b1">c</p>'],
    ['fenced code', '```\na <b>\n```', '<pre id="b0">a &lt;b&gt;</pre>'],
    ['indented text', '    a\n    b', '<pre id="b0" class="indented">ab</pre>'],
    ['items', '*   a\n*   b', '<ul><li><p id="b0">a</p></li><li><p id="b1">b</p></li></ul>'],
    [
      'items in items, and their paragraphs',
      '1.  a\n\n    more\n    \n    *   b\n2.  c\n\nd',
      '<ol><li><p id="b0">a</p><p id="b1">more</p><ul><li><p id="b2">b</p></li></ul></li><li><p id="b3">c</p></li></ol><p id="b4">d</p>',
    ],
    [
      'numbers that go on',
      '3.  a\n4.  b\n7.  c',
      '<ol><li value="3"><p id="b0">a</p></li><li><p id="b1">b</p></li><li value="7"><p id="b2">c</p></li></ol>',
    ],
    ['bullets after numbers', '1.  a\n*   b', '<ol><li><p id="b0">a</p></li></ol><ul><li><p id="b1">b</p></li></ul>'],
    ['a heading in an item', '*   ### A', '<ul><li><h2 id="b0">A</h2></li></ul>'],
    [
      'a table',
      '| A | B |\n| --- | --- |\n| c \\| d | *e* |',
      '<div class="table" role="region" tabindex="0" aria-label="Tableau"><table><tr id="b0"><th scope="col">A</th><th scope="col">B</th></tr><tr id="b1"><td>c | d</td><td><em>e</em></td></tr></table></div>',
    ],
    ['a row of one cell', '| a', '<p id="b0">a</p>'],
  ])('%s', async (_name, markdown, expected) => {
    expect(await html(markdown)).toBe(expected);
  });

  test('two tables with a blank line between them stay two', async () => {
    const table = '| A | B |\n| --- | --- |\n| c | d |';
    expect((await html(`${table}\n\n${table}`)).match(/<table>/g)).toHaveLength(2);
  });

  test('every block that holds something has its number as id, in order', async () => {
    const markdown =
      '\n\n# A\n\ntext\n\n1.  a\n    *   b\n\n        c\n\n> q\n\n| A | B |\n| --- | --- |\n| c | d |\n\n- - -\n\n```\nx\n```';
    const blocks = splitBlocks(markdown);
    const { document } = new JSDOM(String((await termsText(markdown, WORDS)).html)).window;
    const found = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(found).toEqual(blocks.flatMap(({ markdown: own }, place) => (own === '' ? [] : [`b${place}`])));
    for (const [place, { kind, markdown: own }] of blocks.entries()) {
      if (kind === 'code' || own === '') continue;
      const words = document.getElementById(`b${place}`)?.textContent?.replace(/\s/g, '');
      expect(words).toBe(plainText(own).replace(/[\s|]/g, ''));
    }
  });

  test('long text keeps all its words', async () => {
    const words = Array.from({ length: 5_000 }, (_, place) => `word${place} *stressed*`).join(' ');
    const { document } = new JSDOM(await html(words)).window;
    expect(document.body.textContent?.match(/word\d+/g)).toHaveLength(5_000);
  });

  test('a picture that is written into its address leaves nothing but its words', async () => {
    const { document } = new JSDOM(await html(`a ![b](data:image/png;base64,${'A'.repeat(300_000)}) c`)).window;
    expect(document.body.textContent).toBe('a Image : b c');
  });
});

describe('the table of contents', () => {
  test('names headings with words, by their place', async () => {
    const { contents } = await termsText('# *A* [b](https://a.example)\n\n#\n\n## C', WORDS);
    expect(contents).toEqual([
      { id: 'b0', text: 'A b', level: 2 },
      { id: 'b2', text: 'C', level: 3 },
    ]);
  });

  test('leaves the deeper levels out where there are too many', async () => {
    const { contents } = await termsText('# A\n\n## B\n\n'.repeat(50), WORDS);
    expect(contents).toHaveLength(50);
    expect(contents.every(({ level }) => level === 2)).toBe(true);
  });
});
