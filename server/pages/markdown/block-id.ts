/** Name of a block in its document: the same for the same version, as blocks are what its text is split into. */
export const blockId = (place: number): string => `b${place}`;
