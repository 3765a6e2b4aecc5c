/** `1 service`, `2 services`. Terms are terms, also where there is one. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
