import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import type { IconName } from '../../../extension/icon/icon-rules.ts';

/** Pixels of a PNG with eight bits a channel: red, green, blue, opacity. */
interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

const ICONS: readonly IconName[] = ['plain', 'news', 'unread'];
const SIZE = 16;
/** Where Chromium draws its toolbar: below the tabs, above the page and the line that says who steers it. */
const TOOLBAR = { from: 42, to: 86 };
/** The ground of all our icons. */
const BLUE = [0x3b, 0x7d, 0xd8] as const;

/**
 * Which of our icons the toolbar shows, by likeness to the pictures of the icons: no API tells what rules have made of it.
 *
 * @param pictures folder into which Chromium draws its windows (`--ozone-dump-file`); of several, the one drawn last counts
 * @param extension the built extension
 * @param window private ones have a dark toolbar
 * @returns undefined: none of them is there
 */
export async function shownIcon(
  pictures: string,
  extension: string,
  window: 'ordinary' | 'private',
): Promise<IconName | undefined> {
  const toolbar = await latestWindow(pictures, (picture) => isDark(picture) === (window === 'private'));
  const at = toolbar && placeOfIcon(toolbar);
  if (!toolbar || !at) return undefined;
  const unlike = await Promise.all(
    ICONS.map(async (icon) => {
      const drawn = readPng(await readFile(join(extension, `icons/${icon}-${SIZE}.png`)));
      return [icon, difference(toolbar, at, drawn)] as const;
    }),
  );
  return unlike.toSorted(([, a], [, b]) => a - b)[0]?.[0];
}

/** Popups and menus are windows too, without a toolbar. */
async function latestWindow(folder: string, isMeant: (picture: Picture) => boolean): Promise<Picture | undefined> {
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
  for (const { name } of files.toSorted((a, b) => b.at - a.at)) {
    const picture = await readFile(join(folder, name))
      .then(readPng)
      .catch(() => undefined);
    if (picture && picture.width >= 500 && picture.height >= 400 && isMeant(picture)) return picture;
  }
  return undefined;
}

/** By the ground of the toolbar, left of all that is in it. */
const isDark = (picture: Picture): boolean => pixel(picture, 2, TOOLBAR.from, 0) < 128;

function placeOfIcon(picture: Picture): { readonly x: number; readonly y: number } | undefined {
  let x = picture.width;
  let y = picture.height;
  for (let row = TOOLBAR.from; row < TOOLBAR.to; row++) {
    for (let column = 0; column < picture.width; column++) {
      if (!BLUE.every((value, channel) => pixel(picture, column, row, channel) === value)) continue;
      x = Math.min(x, column);
      y = Math.min(y, row);
    }
  }
  return x < picture.width ? { x, y } : undefined;
}

/** Sum over all pixels that the icon draws, or leaves to the toolbar. */
function difference(picture: Picture, at: { readonly x: number; readonly y: number }, icon: Picture): number {
  let sum = 0;
  for (let row = 0; row < SIZE; row++) {
    for (let column = 0; column < SIZE; column++) {
      const opacity = pixel(icon, column, row, 3) / 255;
      for (let channel = 0; channel < 3; channel++) {
        const ground = pixel(picture, 2, TOOLBAR.from, channel);
        const expected = pixel(icon, column, row, channel) * opacity + ground * (1 - opacity);
        sum += Math.abs(pixel(picture, at.x + column, at.y + row, channel) - expected);
      }
    }
  }
  return sum;
}

const pixel = ({ width, pixels }: Picture, x: number, y: number, channel: number): number =>
  pixels[4 * (y * width + x) + channel] ?? 0;

/** PNG as Chromium writes it: eight bits, with or without opacity, not interlaced (https://www.w3.org/TR/png-3/). */
function readPng(file: Buffer): Picture {
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  const channels = file[25] === 6 ? 4 : 3;
  if (file[24] !== 8 || (file[25] !== 6 && file[25] !== 2) || file[28] !== 0) throw new Error('A PNG of another kind');
  const parts: Buffer[] = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(file.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return { width, height, pixels: unfilter(inflateSync(Buffer.concat(parts)), { width, height, channels }) };
}

function unfilter(
  data: Buffer,
  { width, height, channels }: { readonly width: number; readonly height: number; readonly channels: number },
): Uint8Array {
  const line = width * channels;
  const lines = new Uint8Array(line * height);
  const pixels = new Uint8Array(4 * width * height).fill(255);
  for (let y = 0; y < height; y++) {
    const filter = data[y * (line + 1)] ?? 0;
    for (let x = 0; x < line; x++) {
      const left = x >= channels ? (lines[y * line + x - channels] ?? 0) : 0;
      const up = y > 0 ? (lines[(y - 1) * line + x] ?? 0) : 0;
      const corner = x >= channels && y > 0 ? (lines[(y - 1) * line + x - channels] ?? 0) : 0;
      const value = (data[y * (line + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner);
      lines[y * line + x] = value;
      pixels[4 * (y * width + Math.floor(x / channels)) + (x % channels)] = value;
    }
  }
  return pixels;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return Math.floor((left + up) / 2);
  if (filter !== 4) return 0;
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
