import { html } from 'hono/html';
import { describe, expect, test } from 'vitest';
import { redlineText } from '../../../../../server/pages/redline/parts/redline-text.ts';
import { compare, WORDS } from './redline-parts-of-test.ts';

/** Without labels for screen readers and the elements of signs. */
async function shown(before: string, after: string, side?: 'before' | 'after'): Promise<string> {
  const text = String(await html`${redlineText(compare(before, after).changed, WORDS, side)}`);
  return text
    .replaceAll(/<i class="vh"[^>]*>[^<]*<\/i>/g, '')
    .replaceAll(/<span class="(sign|target)">([^<]*)<\/span>/g, '$1‹$2›');
}

const LONG = 'We may end the service at any time and for any reason that we see fit';

describe('what a reader sees of a changed block', () => {
  test.each([
    ['words', `${LONG}.`, `${LONG} to name.`, `${LONG}<ins> to name</ins>.`],
    ['a heading', `# ${LONG}`, `# ${LONG} now`, `${LONG}<ins> now</ins>`],
    ['the level of a heading', `# ${LONG}`, `## ${LONG}`, `<del>sign‹#›</del><ins>sign‹##›</ins>${LONG}`],
    ['an item', `*   ${LONG} one`, `*   ${LONG} two`, `${LONG} <del>one</del><ins>two</ins>`],
    ['the number of an item', `1.  ${LONG}`, `2.  ${LONG}`, `<del>1</del><ins>2</ins>.  ${LONG}`],
    [
      'emphasis that stays',
      `${LONG} **here** one`,
      `${LONG} **here** two`,
      `${LONG} here <del>one</del><ins>two</ins>`,
    ],
    ['emphasis that is new', `${LONG} here`, `${LONG} **here**`, `${LONG} <ins>sign‹**›</ins>here<ins>sign‹**›</ins>`],
    [
      'the target of a link',
      `${LONG} [here](https://a.example/x) now`,
      `${LONG} [here](https://b.example/y) now`,
      `${LONG} here <del>target‹(https://a.example/x)›</del> <ins>target‹(https://b.example/y)›</ins> now`,
    ],
    [
      'a link that stays',
      `${LONG} [here](https://a.example/x) one`,
      `${LONG} [here](https://a.example/x) two`,
      `${LONG} here <del>one</del><ins>two</ins>`,
    ],
    [
      'a word that became a link',
      `${LONG} here now`,
      `${LONG} [here](https://a.example/x) now`,
      `${LONG} <ins>sign‹[›</ins>here <ins>target‹(https://a.example/x)›</ins> now`,
    ],
    ['a break of the line', `${LONG}<br>one`, `${LONG}<br>two`, `${LONG}\n<del>one</del><ins>two</ins>`],
    ['a break that is new', `${LONG} one`, `${LONG}<br> one`, `${LONG}<ins>sign‹&lt;br&gt;›</ins> one`],
    ['an escape', `${LONG} 1\\. one`, `${LONG} 1\\. two`, `${LONG} 1. <del>one</del><ins>two</ins>`],
    [
      'only a space',
      `${LONG} s. r. o.`,
      `${LONG} s.\u{a0}r. o.`,
      `${LONG} s.<del>sign‹␣›</del><ins>sign‹°›</ins>r. o.`,
    ],
    [
      'the source of an image',
      `${LONG} ![logo](a.png)`,
      `${LONG} ![logo](b.png)`,
      `${LONG} [IMAGE logo<del>target‹(a.png)›</del><ins>target‹(b.png)›</ins>`,
    ],
    [
      'the end of a link around several blocks',
      `${LONG} one](https://a.example/x)`,
      `${LONG} two](https://a.example/x)`,
      `${LONG} <del>one</del><ins>two</ins>`,
    ],
    ['its beginning', `${LONG} one [`, `${LONG} two [`, `${LONG} <del>one</del><ins>two</ins> `],
    [
      'brackets that are no link',
      `${LONG} a](b) [x one`,
      `${LONG} a](b) [x two`,
      `${LONG} a](b) [x <del>one</del><ins>two</ins>`,
    ],
    ['characters of HTML', `${LONG} <b> one`, `${LONG} <b> two`, `${LONG} &lt;b&gt; <del>one</del><ins>two</ins>`],
  ])('%s', async (_, before, after, expected) => {
    expect(await shown(before, after)).toBe(expected);
  });

  test('a new block shows its words, and where its links lead', async () => {
    expect(await shown(LONG, `${LONG}\n\n**Arbitration** is [binding](https://a.example/).`)).toBe(
      '<ins>Arbitration is binding target‹(https://a.example/)›.</ins>',
    );
  });

  test('the head of a table, and a mark to be linked to, show their words alone', async () => {
    expect((await shown(LONG, `${LONG}\n\n| Name | Purpose |\n| --- | --- |`)).replaceAll(/<\/?ins>| {2,}/g, '')).toBe(
      '<span class="cell"> Name </span> <span class="cell"> Purpose </span> ',
    );
    expect(await shown(LONG, `${LONG}\n\n## [](#disputes)Disputes`)).toBe('<ins>Disputes</ins>');
  });

  test('an address that is told already is not told twice', async () => {
    expect(await shown(LONG, `${LONG}\n\n## [Disputes](#disputes)`)).toBe('<ins>Disputes</ins>');
    expect(await shown(LONG, `${LONG}\n\nSee [https://a.example/](https://a.example/).`)).toBe(
      '<ins>See https://a.example/.</ins>',
    );
    expect(await shown(LONG, `${LONG}\n\nSee [https://a.example/](https://b.example/).`)).toBe(
      '<ins>See https://a.example/ target‹(https://b.example/)›.</ins>',
    );
  });

  test('one side alone has only its words', async () => {
    expect(await shown(`${LONG} one`, `${LONG} two`, 'before')).toBe(`${LONG} <del>one</del>`);
    expect(await shown(`${LONG} one`, `${LONG} two`, 'after')).toBe(`${LONG} <ins>two</ins>`);
  });

  test('the cells of a row stand apart', async () => {
    const rows = (word: string) =>
      `| Name | Purpose of the cookie |\n| --- | --- |\n| session | ${word} keeps you signed in here |`;
    expect((await shown(rows('it'), rows('this'))).trim()).toBe(
      '<span class="cell"> session </span> <span class="cell"> <del>it</del><ins>this</ins> keeps you signed in here </span>',
    );
  });

  test('labels say to screen readers what is marked', async () => {
    const text = String(await html`${redlineText(compare(`${LONG} one`, `${LONG} two`).changed, WORDS)}`);
    expect(text).toContain('<del><i class="vh" lang="en"> [DELETED: </i>one<i class="vh">] </i></del>');
    expect(text).toContain('<ins><i class="vh" lang="en"> [INSERTED: </i>two<i class="vh">] </i></ins>');
  });
});
