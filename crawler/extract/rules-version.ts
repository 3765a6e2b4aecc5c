/**
 * The number of our extraction rules. Raise it with every change after which some snapshot may give another version (the
 * steps, the selectors, Turndown or its plugin, the parsers, the rules for PDFs): the next run then extracts the latest
 * snapshots again, and records what differs as technical upgrades instead of as changes of the services.
 */
export const RULES_VERSION = 1;
