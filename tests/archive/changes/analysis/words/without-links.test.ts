import { expect, test } from 'vitest';
import { withoutLinks } from '../../../../../archive/changes/analysis/words/without-links.ts';

test.each([
  ['no link', 'a [b] c (d)', 'a [b] c (d)'],
  ['a link leaves its text', 'see [our rules](https://rules.example/a) now', 'see our rules now'],
  ['a title goes with the target', '[rules](/rules "The rules (all)")', 'rules'],
  ['a picture leaves a blank', 'a![lamp](lamp.png)b', 'a b'],
  ['a picture in a link', '[![lamp](lamp.png) Lamps](/lamps)', '  Lamps'],
  ['brackets in the text of a link', '[see [1] here](/notes)', 'see [1] here'],
  ['brackets that stay beside a link', '[a [b](/c) d', '[a b d'],
  ['brackets in a target', '[a](/wiki/Lamp_(oil)) b', 'a b'],
  ['a target in angle brackets', '[a](<b c>) d', 'a d'],
  ['escaped brackets are none', '\\[a](b) \\![c](d)', '\\[a](b) \\!c'],
  ['an exclamation before a link is said', 'Attention![ rules](/r)', 'Attention '],
  ['a target that does not end', '[a](b [c](d)', '[a](b c'],
  ['a bracket that closes nothing', 'a](b) [c](d)', 'a](b) c'],
])('%s', (_, markdown, text) => {
  expect(withoutLinks(markdown)).toBe(text);
});
