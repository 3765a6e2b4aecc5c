import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { crc32 } from 'node:zlib';

/** 1 January 1980, the first day that a zip knows. */
const DAY = 33;

/** Packs a built extension as Firefox installs it for good: a folder it takes for this session alone. */
export async function writeXpi(folder: string, file: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const path of paths.sort()) {
    const name = Buffer.from(relative(folder, path).split(sep).join('/'));
    const content = await readFile(path);
    const described = describe(content, name.length);
    const local = Buffer.concat([signature(0x04034b50), described, name, content]);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([signature(0x02014b50), numbers(20), described, central, name]));
    parts.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(paths.length, 4);
  end.writeUInt16LE(paths.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  await writeFile(file, Buffer.concat([...parts, listed, signature(0x06054b50), end]));
}

/** What both headers of a file have in common (APPNOTE 4.3.7): stored as it is, names in UTF-8. */
function describe(content: Buffer, nameLength: number): Buffer {
  const sums = Buffer.alloc(12);
  sums.writeUInt32LE(crc32(content), 0);
  sums.writeUInt32LE(content.length, 4);
  sums.writeUInt32LE(content.length, 8);
  return Buffer.concat([numbers(20, 0x800, 0, 0, DAY), sums, numbers(nameLength, 0)]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [place, value] of values.entries()) bytes.writeUInt16LE(value, 2 * place);
  return bytes;
}
