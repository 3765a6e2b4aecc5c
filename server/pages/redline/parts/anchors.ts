import type { RedlineBlock } from '../../../api/contract.ts';

/** Id of a paragraph in a redline: that of the new version's page where it stands there, else of the former one. */
export const anchorOf = ({ from, to }: Pick<RedlineBlock, 'from' | 'to'>): string =>
  to === null ? `d${from ?? 0}` : `b${to}`;

/** Number of a paragraph as people count. */
export const numberOf = ({ from, to }: Pick<RedlineBlock, 'from' | 'to'>): number => (to ?? from ?? 0) + 1;

export const changeAnchor = (number: number): string => `c${number}`;
