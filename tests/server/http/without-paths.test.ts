import { expect, test } from 'vitest';
import { withoutPaths } from '../../../server/http/without-paths.ts';

test.each([
  ['The index /srv/data/index.sqlite cannot be made.', 'The index index.sqlite cannot be made.'],
  ['Could not fetch file:///srv/bundles/harbour.git', 'Could not fetch harbour.git'],
  ['Could not fetch file:///srv/bundles/harbour.git: not found', 'Could not fetch harbour.git: not found'],
  ["fatal: '/srv/bundles/harbour.git' does not appear", "fatal: 'harbour.git' does not appear"],
  ["unable to access 'file:///srv/bundles/harbour/'.", "unable to access 'harbour'."],
  ['FILE://localhost/srv/harbour.git is gone', 'harbour.git is gone'],
  ['Could not fetch https://reader:secret@git.example/harbour.git', 'Could not fetch https://git.example/harbour.git'],
  ['ssh://git@git.example:22/harbour.git', 'ssh://git.example:22/harbour.git'],
  ['https://p@ss@git.example/harbour.git', 'https://git.example/harbour.git'],
  ['https://git.example/harbour@2024/a.git is not found', 'https://git.example/harbour@2024/a.git is not found'],
  ['no route', 'no route'],
])('%s → %s', (message, expected) => expect(withoutPaths(message)).toBe(expected));
