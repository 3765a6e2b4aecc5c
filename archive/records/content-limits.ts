/** The largest content of a record that is read. The largest document that a tracker takes has 50 MB. */
export const MOST_CONTENT_BYTES = 64 * 1024 * 1024;

/** The largest text of a version that can be searched. The tracker takes at most 20 MB of HTML, whose text is less. */
export const MOST_TEXT_BYTES = 20 * 1024 * 1024;
