/** In CSS pixels from the window's upper left corner. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Between the chip and everything else. */
const GAP = 8;

/**
 * Where a chip can be shown near a form without covering anything that can be clicked: beside it, above or below it, else
 * in a corner of the window.
 *
 * @param obstacles all that must stay free
 * @returns undefined: nowhere
 */
export function choosePlace(
  chip: Size,
  form: Rect,
  obstacles: readonly Rect[],
  window: Size,
): { readonly left: number; readonly top: number } | undefined {
  const right = form.left + form.width;
  const bottom = form.top + form.height;
  const farRight = window.width - chip.width - GAP;
  const farBottom = window.height - chip.height - GAP;
  const beside = Math.max(GAP, Math.min(form.top, farBottom));
  const along = Math.max(GAP, Math.min(form.left, farRight));
  const candidates = [
    [right + GAP, beside],
    [form.left - chip.width - GAP, beside],
    [along, bottom + GAP],
    [along, form.top - chip.height - GAP],
    [farRight, beside],
    [GAP, beside],
    [farRight, farBottom],
    [GAP, farBottom],
    [farRight, GAP],
    [GAP, GAP],
  ] as const;
  for (const [left, top] of candidates) {
    const isInside = left >= 0 && top >= 0 && left <= farRight + GAP && top <= farBottom + GAP;
    if (isInside && !obstacles.some((one) => overlaps({ left, top, ...chip }, one))) return { left, top };
  }
  return undefined;
}

const overlaps = (a: Rect, b: Rect): boolean =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
