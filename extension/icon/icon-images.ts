import { browser } from 'wxt/browser';
import type { IconName } from './icon-rules.ts';

/** Of a toolbar's icon, on screens of one to three dots for each pixel. */
const SIZES = [16, 32, 48] as const;

/** Where the pictures of an icon lie, by size. */
export const iconPaths = (icon: IconName): Record<string, string> =>
  Object.fromEntries(SIZES.map((size) => [size, pathOf(icon, size)]));

const pathOf = (icon: IconName, size: number) => `/icons/${icon}-${size}.png` as const;

/**
 * An icon as dots, by size. Chromium's rules take nothing else: `path` is refused
 * (https://developer.chrome.com/docs/extensions/reference/api/declarativeContent#type-SetIcon).
 */
export async function iconImages(icon: IconName): Promise<Readonly<Record<number, ImageData>>> {
  const images = await Promise.all(SIZES.map(async (size) => [size, await readDots(pathOf(icon, size))] as const));
  return Object.fromEntries(images);
}

async function readDots(path: string): Promise<ImageData> {
  const response = await fetch(browser.runtime.getURL(path));
  const picture = await createImageBitmap(await response.blob());
  const { width, height } = picture;
  const canvas = new OffscreenCanvas(width, height).getContext('2d');
  if (!canvas) throw new Error(`No canvas for ${path}: the icon stays as it is.`);
  canvas.drawImage(picture, 0, 0);
  return canvas.getImageData(0, 0, width, height);
}
