import type { SourceFile } from './source-file.ts';

// Absolute paths of somebody's machine; not those below an address (`example.com/home/terms`).
const machinePaths = /(?<![\w.:/*}-])\/(?:home|Users|work|root)\/[\w.-]+/;
const registryHosts =
  /\b(?:registry\.(?:npmjs\.org|yarnpkg\.com)|npm\.pkg\.github\.com|[\w.-]*(?:artifactory|verdaccio)[\w.-]*\.\w+)/i;

/**
 * Texts that tie the repository to one machine: absolute paths, a registry's host, and `local`, what this very machine
 * adds (the path of the clone, the host of its registry).
 */
export function tiedToMachine(files: readonly SourceFile[], local: readonly string[]): string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const found =
        machinePaths.exec(line)?.[0] ?? registryHosts.exec(line)?.[0] ?? local.find((one) => line.includes(one));
      return found === undefined ? [] : [`${path}:${index + 1}: ${found}`];
    }),
  );
}

/** Dependencies of package.json whose version is not exact. */
export function loosePins(packageJson: string): string[] {
  const manifest: Record<string, Record<string, string> | undefined> = JSON.parse(packageJson);
  return ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap((kind) =>
    Object.entries(manifest[kind] ?? {})
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `${name}: ${version}`),
  );
}

/** Packages whose place of download is written in the lockfile. */
export function resolvedHosts(lockfile: string): string[] {
  const { packages }: { packages: Record<string, { resolved?: string }> } = JSON.parse(lockfile);
  return Object.entries(packages).flatMap(([name, { resolved }]) =>
    resolved === undefined ? [] : [`${name}: ${resolved}`],
  );
}
