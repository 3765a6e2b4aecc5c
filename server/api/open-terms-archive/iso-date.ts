/** As OTA writes dates of records: without milliseconds, UTC. */
export const isoDate = (date: Date): string => `${date.toISOString().slice(0, -5)}Z`;
