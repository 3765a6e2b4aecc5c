import { expect, test } from 'vitest';
import { exportedNames } from '../../../archive/declarations/exported-names.ts';

test.each<[string, string, string[]]>([
  ['functions', 'export function a() {}\nexport async function b() {}\nexport function* c() {}', ['a', 'b', 'c']],
  ['constants', 'export const a = () => {};\nexport let b = 1; export var $c = 2', ['a', 'b', '$c']],
  ['lists', 'function a() {}\nexport { a, b as c,\n  d as default };', ['a', 'c', 'default']],
  ['from elsewhere', "export { tidy } from './shared.js'; export * as all from './all.js';", ['tidy', 'all']],
  ['classes', 'export class A {}', ['A']],
  ['comments and texts', "// export function a() {}\n/* export const b = 1 */ const t = 'export const c = 1';", []],
  [
    'templates with code',
    'const t = `export const a = $' + '{`}` + "}" + (() => { return 1 })()}`; export const b = 1;',
    ['b'],
  ],
  [
    'regular expressions',
    'const quote = /["\'`/]/g; export const a = x.replace(/`/, "");\nexport const b = 4 / 2 / 1;',
    ['a', 'b'],
  ],
  ['regular expressions after keywords', 'function f() { return /`/ } export function a() {}', ['a']],
  ['not exported', 'function a() {} const b = 1; reexport.function(c)', []],
])('%s', (_, source, names) => {
  expect(exportedNames(source)).toEqual(new Set(names));
});

test('what everything of another module holds is not known', () => {
  expect(exportedNames("export const a = 1;\nexport * from './shared.js';")).toBeUndefined();
});
