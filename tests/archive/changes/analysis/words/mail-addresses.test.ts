import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replaceMailAddresses } from '../../../../../archive/changes/analysis/words/mail-addresses.ts';

test.each([
  ['none', 'no address here', 'no address here'],
  ['in a sentence', 'write to help@lamps.example, or not', 'write to <help@lamps.example>, or not'],
  ['several', 'a@b.example c@d.example', '<a@b.example> <c@d.example>'],
  ['without a domain', 'meet @noon or a@b', 'meet @noon or a@b'],
  ['signs at one another', 'a@b@c.example', 'a@<b@c.example>'],
  ['names in other scripts', 'пиши на имя.фамилия@почта.example!', 'пиши на <имя.фамилия@почта.example>!'],
  ['letters beyond the basic plane', 'x 𝐚@lamps.example', 'x <𝐚@lamps.example>'],
  ['a full stop behind', 'at a@b.example.', 'at <a@b.example>.'],
])('%s', (_, text, replaced) => {
  expect(replaceMailAddresses(text, (address) => `<${address}>`)).toBe(replaced);
});

test('the same as an expression for the whole address, which takes the square of the time', () => {
  const whole = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
  const text = fc.array(fc.constantFrom('a', 'Я', '𝐚', '1', '.', '@', '-', '+', ' ', '/', 'bc'), { maxLength: 40 });
  fc.assert(
    fc.property(
      text.map((parts) => parts.join('')),
      (value) => {
        expect(replaceMailAddresses(value, () => '#')).toBe(value.replace(whole, '#'));
      },
    ),
    { numRuns: 2000, seed: 1 },
  );
});
