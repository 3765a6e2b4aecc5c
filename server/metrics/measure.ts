/** A number that is read when it is asked for: name, explanation, and how it is read; undefined is not told. */
export type Measure<Source> = readonly [name: string, help: string, read: (source: Source) => number | undefined];
