/** `1 service is`, `2 services are`. */
export const isOrAre = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? ' is' : 's are'}`;
