/** Long enough terms of a fictional ferry, in sections that can be told apart. */
const SUBJECTS = ['Tickets', 'Luggage', 'Bicycles', 'Dogs', 'Delays', 'Refunds', 'Safety', 'Complaints', 'Data', 'Law'];
const SENTENCES = [
  'Whoever crosses the bay with us agrees to what stands in this section, and so do those who travel with them.',
  'The crew may ask for proof at any time, and may refuse to carry what endangers others or delays the ship.',
  'We answer requests in writing within a month of the day on which they reach the office at the northern pier.',
] as const;

/** Sections of the terms: a heading and three sentences each, that name the section's subject. */
export const sections = (count = SUBJECTS.length): string[] =>
  SUBJECTS.slice(0, count).map((subject) =>
    [`## ${subject}`, ...SENTENCES.map((sentence) => `${subject}: ${sentence}`)].join('\n\n'),
  );

export const terms = (...more: readonly string[]): string =>
  ['# Terms of the Quayside Ferries', ...sections(), ...more].join('\n\n');
