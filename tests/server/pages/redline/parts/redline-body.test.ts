import { describe, expect, test } from 'vitest';
import { redline } from '../../../../../archive/changes/redline/redline.ts';
import { redlineBody } from '../../../../../server/pages/redline/parts/redline-body.ts';
import { runsOf } from '../../../../../server/pages/redline/parts/redline-runs.ts';
import { WORDS } from './redline-parts-of-test.ts';

const paragraphs = (count: number): string[] =>
  Array.from(
    { length: count },
    (_, at) => `Paragraph ${'abcdefghijklmnop'.charAt(at)} of the terms says ${at} things about you and us.`,
  );

const kinds = (before: readonly string[], after: readonly string[], isAll = false): string[] =>
  runsOf(redline(before.join('\n\n'), after.join('\n\n')).blocks, isAll).map((run) =>
    run.kind === 'change'
      ? `change ${run.number}: ${run.items.length}`
      : `${run.isFolded ? 'folded' : 'shown'}: ${run.items.length}`,
  );

describe('runs of a redline', () => {
  const before = paragraphs(12);

  test('what is unchanged is folded away from changes, and shown beside them', () => {
    const after = before.with(5, `${before[5]} And more.`);
    expect(kinds(before, after)).toEqual(['folded: 4', 'shown: 1', 'change 1: 1', 'shown: 1', 'folded: 5']);
    expect(kinds(before, after, true)).toEqual(['shown: 5', 'change 1: 1', 'shown: 6']);
  });

  test('changes that follow each other are one', () => {
    const after = before
      .with(5, `${before[5]} And more.`)
      .with(6, `${before[6]} And more.`)
      .with(10, `${before[10]} Too.`);
    expect(kinds(before, after)).toEqual([
      'folded: 4',
      'shown: 1',
      'change 1: 2',
      'shown: 3',
      'change 2: 1',
      'shown: 1',
    ]);
  });

  test('the same texts are one fold', () => {
    expect(kinds(before, before)).toEqual(['folded: 12']);
  });

  test('an address without words is left out where it is the same in both, an image and a line are not', () => {
    const former = ['[](https://a.example/)', '[', '![](a.png)', '* * *', ...before.slice(0, 2)];
    const shown = runsOf(redline(former.join('\n\n'), former.with(5, 'Other words.').join('\n\n')).blocks, true);
    expect(shown[0]?.items.map(({ block }) => block.spans[0]?.text)).toEqual(['![](a.png)', '* * *', before[0]]);
  });

  test('a moved block leaves a mark where it was, and says below which heading it stood', () => {
    const former = ['# One', ...before.slice(0, 4), '# Two', ...before.slice(4, 8)];
    const moved = before[1] ?? '';
    const current = ['# One', ...before.slice(0, 4).toSpliced(1, 1), '# Two', ...before.slice(4, 8), moved];
    const { blocks } = redline(former.join('\n\n'), current.join('\n\n'));
    const items = runsOf(blocks, true).flatMap((run) => run.items);
    const left = items.findIndex(({ kind }) => kind === 'left');
    expect(items[left - 1]?.block.to).toBe(1);
    expect(items[left + 1]?.block.to).toBe(2);
    expect(items[left]?.block.to).toBe(9);
    expect(items.find(({ kind, block }) => kind === 'block' && block.kind === 'moved')?.formerHeading).toBe('One');
  });
});

describe('a redline as HTML', () => {
  const before = ['# One', ...paragraphs(4), '*   an item of a list that stays here', '    code'];
  const after = [
    '# One',
    ...paragraphs(4).with(2, 'Something else altogether <script>alert(1)</script>.'),
    ...before.slice(5),
  ];
  const { blocks } = redline(before.join('\n\n'), after.join('\n\n'));
  const body = (options = {}) => String(redlineBody(blocks, { words: WORDS, ...options }));

  test('a paragraph without words that is new says so, and “since when?” of which paragraph', () => {
    const { blocks } = redline('One thing.', 'One thing.\n\n[](#top)');
    const text = String(redlineBody(blocks, { words: WORDS, links: { clause: () => '/clause' } }));
    expect(text).toContain('<p class="said">WORDLESS</p>');
    expect(text).toContain('href="/clause" aria-label="SINCE, 2"');
  });

  test('has an id for every paragraph, the group of each change and steps', () => {
    const text = body();
    for (const id of ['b0', 'b3', 'd3', 'b6']) expect(text).toContain(`id="${id}"`);
    expect(new Set(text.match(/ id="[^"]*"/g)).size).toBe(text.match(/ id="/g)?.length);
    expect(text).toContain('id="c1" role="group" aria-label="CHANGE 1 OF 1"');
    expect(text).toContain('class="label">DELETED');
    expect(text).toContain('class="label">INSERTED');
  });

  test('archived text is text, in its own language and direction', () => {
    const text = body({ languages: ['fr', 'en'] });
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toContain('<script');
    expect(text).toContain('<h3 dir="auto" lang="en">One</h3>');
    expect(text).toContain('<p dir="auto" lang="fr"><del>');
    expect(text).toContain('<span class="path" dir="auto" lang="en">One</span>');
  });

  test('side by side has both versions', () => {
    const text = body({ view: 'side' });
    expect(text).toMatch(/<del>.*Paragraph c[\s\S]*<div class="side"><\/div>/);
    expect(text.match(/BEFORE: /g)?.length).toBe(7);
    expect(text.match(/AFTER: /g)?.length).toBe(7);
  });

  test('changed paragraphs lead to their lives, unchanged ones do not', () => {
    const text = body({ links: { clause: (side: string, place: number) => `/${side}/${place}` } });
    expect(text.match(/href="\/(?:before|after)\/\d+"/g)).toEqual(['href="/before/3"', 'href="/after/3"']);
  });
});
