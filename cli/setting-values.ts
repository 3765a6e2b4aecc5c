import { isIP } from 'node:net';
import { validate as isCron } from 'node-cron';

/** A value that a setting cannot take; the message says what was expected. */
export class Unsuitable extends Error {
  override readonly name = 'Unsuitable';
}

/** Turns what was given (a text in the environment, any JSON in a configuration) into a setting's value. */
export type Reader<Value> = (given: unknown) => Value;

export const text: Reader<string> = (given) => {
  // No line breaks: these values go into HTTP headers and commit messages.
  if (typeof given !== 'string' || given.trim() === '' || /[\r\n]/.test(given)) {
    throw new Unsuitable('expected a text on one line');
  }
  return given.trim();
};

/** A text that can stand in a header of HTTP. */
export const headerText: Reader<string> = (given) => {
  const value = text(given);
  if (!/^[ -~]+$/.test(value)) throw new Unsuitable('expected a text of ASCII characters');
  return value;
};

/** An SPDX identifier. */
export const licenceId: Reader<string> = (given) => {
  const id = text(given);
  if (!/^[A-Za-z0-9.+-]+$/.test(id)) throw new Unsuitable('expected an SPDX identifier such as ODbL-1.0');
  return id;
};

/** Links to snapshots: the place of the id must be marked. */
export const snapshotTemplate: Reader<string> = (given) => {
  const template = text(given);
  if (!template.includes('%SNAPSHOT_ID')) throw new Unsuitable('expected a text that contains %SNAPSHOT_ID');
  return template;
};

export const cron: Reader<string> = (given) => {
  const expression = text(given);
  if (!isCron(expression)) throw new Unsuitable('expected a cron expression such as "30 */12 * * *"');
  return expression;
};

export const flag: Reader<boolean> = (given) => {
  if (given === true || given === 'true' || given === '1') return true;
  if (given === false || given === 'false' || given === '0') return false;
  throw new Unsuitable('expected true or false');
};

/** `on` or `off`; also as a {@link flag}. */
export const onOrOff: Reader<boolean> = (given) => {
  if (given === 'on') return true;
  if (given === 'off') return false;
  try {
    return flag(given);
  } catch {
    throw new Unsuitable('expected on or off');
  }
};

/** Whole numbers from `least` on. */
export const count =
  (least: number): Reader<number> =>
  (given) => {
    const number = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
    if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < least) {
      throw new Unsuitable(`expected a whole number, ${least} or more`);
    }
    return number;
  };

/** No timer of Node waits longer (2^31 - 1 ms, 24 days): it would end at once. */
const LONGEST_TIMER = 2_147_483_647;

export const milliseconds: Reader<number> = (given) => timer(count(1)(given));

/** Milliseconds to wait; 0 is not at all. */
export const wait: Reader<number> = (given) => timer(count(0)(given));

const timer = (number: number): number => {
  if (number > LONGEST_TIMER) throw new Unsuitable(`expected milliseconds, ${LONGEST_TIMER} or fewer`);
  return number;
};

/** A list, or a text with commas between its items. */
export const list: Reader<readonly string[]> = (given) => {
  const items = typeof given === 'string' ? given.split(',') : given;
  if (!Array.isArray(items) || !items.every((item) => typeof item === 'string')) {
    throw new Unsuitable('expected texts separated by commas');
  }
  return items.map((item) => item.trim()).filter(Boolean);
};

export const oneOf =
  <Name extends string>(...allowed: readonly Name[]): Reader<Name> =>
  (given) => {
    const found = allowed.find((name) => name === given);
    if (found === undefined) throw new Unsuitable(`expected one of ${allowed.join(', ')}`);
    return found;
  };

/** Language tags; quality factors, which OTA's older configurations have, are left out as its newer engines demand. */
export const languages: Reader<string> = (given) => {
  const tags = list(given).map((item) => item.replace(/\s*;.*$/, ''));
  const isTag = (tag: string): boolean => /^(?:[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*|\*)$/.test(tag);
  if (tags.length === 0 || !tags.every(isTag)) {
    throw new Unsuitable('expected language tags separated by commas, such as "en-IE, en"');
  }
  return tags.join(', ');
};

/** `127.0.0.1`, `127.0.0.1:8080`, `::1`, `[::1]:8080`, `host:8080`. */
export const addresses: Reader<readonly string[]> = (given) => {
  const items = list(given);
  for (const item of items) {
    if (isIP(item)) continue;
    const [, v6, name, port] = /^(?:\[([^\]]+)\]|([\w.-]+))(?::(\d+))?$/.exec(item) ?? [];
    const isHost = v6 === undefined ? name !== undefined && port !== undefined : isIP(v6) === 6;
    if (!isHost || (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))) {
      throw new Unsuitable(
        `expected addresses such as 127.0.0.1:8080 or [::1]:8080, separated by commas; found “${item}”`,
      );
    }
  }
  return items;
};
