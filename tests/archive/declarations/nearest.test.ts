import { expect, test } from 'vitest';
import { nearest } from '../../../archive/declarations/nearest.ts';

test.each([
  ['selct', ['fetch', 'select', 'remove'], 'select'],
  ['nmae', ['name', 'terms'], 'name'],
  ['privacy policy', ['Privacy Policy', 'Privacy Notice'], 'Privacy Policy'],
  ['foo', ['logo', 'name'], undefined],
  ['', ['a'], 'a'],
  ['x', [], undefined],
])('%j among %j → %j', (name, known, expected) => {
  expect(nearest(name, known)).toBe(expected);
});
