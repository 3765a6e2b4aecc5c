import { describe, expect, test } from 'vitest';
import { choosePlace, type Rect } from '../../../extension/agree/choose-place.ts';

const WINDOW = { width: 1000, height: 700 };
const CHIP = { width: 280, height: 120 };
const FORM: Rect = { left: 350, top: 200, width: 300, height: 300 };

describe('the chip', () => {
  test('is shown beside its form', () => {
    expect(choosePlace(CHIP, FORM, [FORM], WINDOW)).toEqual({ left: 658, top: 200 });
  });

  test.each<[string, Rect[], { left: number; top: number }]>([
    ['on the other side', [{ left: 700, top: 100, width: 20, height: 400 }], { left: 62, top: 200 }],
    [
      'below, where both sides are taken',
      [
        { left: 700, top: 100, width: 20, height: 400 },
        { left: 100, top: 100, width: 20, height: 400 },
      ],
      { left: 350, top: 508 },
    ],
  ])('moves away: %s', (_, taken, place) => {
    expect(choosePlace(CHIP, FORM, [FORM, ...taken], WINDOW)).toEqual(place);
  });

  test('is nowhere where something can be clicked everywhere', () => {
    expect(choosePlace(CHIP, FORM, [{ left: 0, top: 0, width: 1000, height: 700 }], WINDOW)).toBeUndefined();
    expect(choosePlace(CHIP, FORM, [], { width: 200, height: 100 })).toBeUndefined();
  });

  test('never covers an obstacle, wherever they are', () => {
    const touches = (left: number, top: number, one: Rect): boolean =>
      left < one.left + one.width &&
      one.left < left + CHIP.width &&
      top < one.top + one.height &&
      one.top < top + CHIP.height;
    for (let seed = 1; seed <= 300; seed++) {
      const obstacles = Array.from({ length: 6 }, (_, place) => ({
        left: (seed * 137 + place * 311) % 950,
        top: (seed * 61 + place * 173) % 650,
        width: 20 + ((seed * place) % 200),
        height: 30,
      }));
      const found = choosePlace(CHIP, FORM, [FORM, ...obstacles], WINDOW);
      if (found) expect([FORM, ...obstacles].filter((one) => touches(found.left, found.top, one))).toEqual([]);
    }
  });
});
