/** A part of a document between two elements, each found by the first match of a CSS selector. */
export interface RangeSelector {
  readonly startBefore?: string;
  readonly startAfter?: string;
  readonly endBefore?: string;
  readonly endAfter?: string;
}

/** A CSS selector or a range. */
export type Selector = string | RangeSelector;

/** Selectors in the shape in which the declaration gave them: filters receive it unchanged. */
export type Selectors = Selector | readonly Selector[];

/** One entry of `filter`: a function's name, or `{ name: parameters }`. */
export type FilterUse = string | Readonly<Record<string, unknown>>;

/** One web location that holds (part of) terms, and what to extract from it. */
export interface SourceDocument {
  /** Document id in OTA's sense, made from the location's path; part of the record's path only in combined terms. */
  readonly id: string;
  readonly location: string;
  /** Absent for PDFs. */
  readonly select: Selectors | undefined;
  readonly remove: Selectors | undefined;
  readonly filter: readonly FilterUse[];
  /** true: browser; false: plain HTTP only; undefined: plain HTTP, browser on refusal. */
  readonly executeClientScripts: boolean | undefined;
}

/** One service's text of one type, as declared at some time. */
export interface Terms {
  readonly serviceId: string;
  readonly type: string;
  /** In the order of `combine`; one element unless combined. */
  readonly sourceDocuments: readonly SourceDocument[];
  /** Last moment (inclusive) at which this declaration was in force; undefined for the current one. */
  readonly validUntil: Date | undefined;
}

/** A product whose terms are tracked. */
export interface Service {
  /** Declaration's file name without `.json`, case-sensitive. */
  readonly id: string;
  readonly name: string;
  /** Current declarations, in the order of the file. */
  readonly terms: readonly Terms[];
  /** Terms type → former declarations, oldest first. */
  readonly history: ReadonlyMap<string, readonly Terms[]>;
  /** Absolute paths of the service's own filter functions, where the files exist. Never imported outside the tracker's child process. */
  readonly filtersFile: string | undefined;
  readonly filtersHistoryFile: string | undefined;
}
