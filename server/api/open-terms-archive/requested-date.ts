/** An ISO 8601 date, or date and time; a blank may stand for the `T`. */
const ISO = /^(?:\d{4}|[+-]\d{6})(?:-\d\d(?:-\d\d)?)?(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i;

/**
 * A date as a reader asks for it. What OTA takes by accident (“May 5”, in the time zone of its server) is refused.
 * Without an offset it is UTC.
 *
 * @returns undefined where it is no date.
 */
export function readRequestedDate(text: string): Date | undefined {
  if (!ISO.test(text)) return undefined;
  const iso = text.toUpperCase().replace(' ', 'T').replace(',', '.');
  const [day = '', time] = iso.split('T');
  const date = new Date(
    time === undefined ? day : `${day}T${/(?:Z|[+-]\d\d:?\d\d)$/.test(time) ? withColon(time) : `${time}Z`}`,
  );
  return Number.isNaN(date.getTime()) || !isInMonth(day) ? undefined : date;
}

/** `Date` takes 31 February for 2 March. */
function isInMonth(day: string): boolean {
  const [, ofMonth] = /-\d\d-(\d\d)$/.exec(day) ?? [];
  return ofMonth === undefined || new Date(day).getUTCDate() === Number(ofMonth);
}

const withColon = (time: string): string => time.replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
