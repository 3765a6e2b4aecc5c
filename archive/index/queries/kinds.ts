import type { VersionFilter } from '../indexed-record.ts';

type Choice = 'included' | 'excluded' | 'only';

/** Kinds (of `RECORD_KINDS`) that two choices leave. */
const isKindLeft = (first: Choice, upgrades: Choice) => (kind: number) => {
  if (first === 'only' || upgrades === 'only') {
    return (
      (kind === 0 && first === 'only' && upgrades !== 'only') || (kind === 2 && upgrades === 'only' && first !== 'only')
    );
  }
  return kind === 1 || (kind === 0 ? first : upgrades) === 'included';
};

/** Kinds of records that a filter leaves, by their numbers. */
export const kindsOf = ({ firstRecords = 'included', technicalUpgrades = 'included' }: VersionFilter): number[] =>
  [0, 1, 2].filter(isKindLeft(firstRecords, technicalUpgrades));
