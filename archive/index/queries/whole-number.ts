/** A number as SQLite takes it for a limit or a place: negative ones would mean "all", fractions are refused. */
export const wholeNumber = (value: number): number =>
  Number.isNaN(value) ? 0 : Math.trunc(Math.min(Math.max(value, 0), Number.MAX_SAFE_INTEGER));
