import type { DatasetFacts } from './dataset-facts.ts';

/** What lies in the dataset's folder to explain it. */
export function datasetReadme(facts: Omit<DatasetFacts, 'size' | 'sha256' | 'filename'>, name: string): string {
  const { title, license, servicesCount, termsCount, versionsCount } = facts;
  const [released = '', first = '', last = ''] = [facts.releaseDate, facts.firstVersionDate, facts.lastVersionDate].map(
    (date) => date.slice(0, 10),
  );
  const licence =
    license === 'NOASSERTION' ? 'The collection does not name one; see `LICENSE`.' : `${license}, see \`LICENSE\`.`;
  return `# ${title}: dataset of ${released}

All versions that this collection recorded of the terms of online services, from ${first} to ${last}:

| | |
| --- | --- |
| services | ${servicesCount} |
| terms (one service's text of one type) | ${termsCount} |
| versions | ${versionsCount} |

## Files

\`${name}/<service>/<terms type>/<date>.md\`, such as \`${name}/Some Service/Privacy Policy/2024-03-01T12-00-00Z.md\`

- One Markdown file for each version: the text that was in force, extracted from what the service published.
- The date is when the version was fetched, in UTC (ISO 8601, with hyphens instead of colons so that every file system
  takes it). A version was in force from its date until that of the next one, as far as the collection could see.
- Where several versions of the same terms carry the same date, such as a technical upgrade and what it replaced, the one
  that was recorded last has the plain name and the older ones end in \`-1\`, \`-2\` and so on, back in time.

## Licence

${licence}

Made with Clausewatch, in the format of Open Terms Archive's datasets.
`;
}
