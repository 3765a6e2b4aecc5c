/** Characters of a passage that is searched for; of words, those from 2,000 on are refused with a reason. */
export const LONGEST_TEXT = 4_000;
