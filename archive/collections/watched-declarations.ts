import { join } from 'node:path';
import { type DeclaredDomains, DOMAINS_FILE, loadDomains } from '../declarations/domains.ts';
import { collectionRoot, declaredServices, loadDeclarations } from '../declarations/load-collection.ts';
import { loadMetadata, type Metadata } from '../declarations/metadata.ts';
import type { Service } from '../declarations/service.ts';
import type { CollectionEvent } from './collection-event.ts';
import { isOrAre } from './is-or-are.ts';
import { type FileMarks, fileMarks, watchFiles } from './watched-files.ts';
import { withoutLosses } from './without-losses.ts';

/** A collection's declarations, metadata.yml and domains.yml as their files are, a few seconds later at most. */
export interface WatchedDeclarations {
  /** In the order of their ids; another array whenever something changed. */
  services(): readonly Service[];
  metadata(): Metadata | undefined;
  /** Another map whenever the file changed. Services may be named that are not declared. */
  domains(): DeclaredDomains;
  /** Looks at the files now. Changes are taken in once two looks in a row find the same. */
  look(): Promise<void>;
  close(): Promise<void>;
}

type Tell = (event: Omit<CollectionEvent, 'collection'>) => void;

const METADATA = 'metadata.yml';
const BESIDE: ReadonlySet<string> = new Set([METADATA, DOMAINS_FILE]);

/**
 * Loads a collection's declarations and follows their files. What a file with faults declared before goes on being
 * declared (of domains.yml: the lines without faults count), and the faults are told. The folder may come to be only later, or be gone for a while: then everything stays.
 * Filter functions are not looked at: a reader does not need them.
 *
 * @param directory the collection's folder, or its folder `declarations`.
 */
export async function watchDeclarations(
  directory: string,
  { tell, every }: { readonly tell: Tell; readonly every?: number | undefined },
): Promise<WatchedDeclarations> {
  const root = await collectionRoot(directory).catch(() => directory);
  let services: readonly Service[] = [];
  let metadata: Metadata | undefined;
  let domains: DeclaredDomains = new Map();

  async function marksOf(): Promise<FileMarks | undefined> {
    const declarations = await fileMarks(join(root, 'declarations'), (name) => /^[^.].*\.json$/.test(name));
    const beside = await fileMarks(root, (name) => BESIDE.has(name));
    return declarations && new Map([...declarations, ...(beside ?? [])]);
  }

  async function take(changed: readonly string[]): Promise<void> {
    const declared = await declaredServices(root);
    const ids = new Set(changed.filter((file) => !BESIDE.has(file)).map(serviceOf));
    const wanted = declared.filter((id) => ids.has(id));
    const fresh = await loadDeclarations(root, { services: wanted, checkFunctions: false });
    const faults = fresh.faults.filter(({ severity }) => severity === 'fault');
    const read = new Map(fresh.services.map((service) => [service.id, service]));
    const former = new Map(services.map((service) => [service.id, service]));
    const next = declared.map((id) =>
      ids.has(id) ? withoutLosses(read.get(id), former.get(id), faults) : former.get(id),
    );
    if (changed.includes(METADATA)) {
      const beside = await loadMetadata(root);
      const isAbsent = beside.faults.every(({ severity }) => severity === 'warning');
      if (beside.metadata || isAbsent) metadata = beside.metadata;
      faults.push(...beside.faults.filter(({ severity }) => severity === 'fault'));
    }
    if (changed.includes(DOMAINS_FILE)) {
      const beside = await loadDomains(root);
      if (beside.domains) domains = beside.domains;
      faults.push(...beside.faults);
    }
    services = next.filter((service) => service !== undefined);
    if (faults.length > 0) {
      const kept = 'what was declared there before stays in force. "clausewatch validate" says what to do about each';
      tell({
        kind: 'declarations-faulty',
        message: `Faults in the declarations of ${root} (${[...new Set(faults.map(({ file }) => file))].join(', ')}); ${kept}.`,
        faults,
      });
    }
    tell({ kind: 'declarations-loaded', message: `${isOrAre(services.length, 'service')} declared in ${root}.` });
  }

  const onFailed = (error: unknown): void =>
    tell({
      kind: 'declarations-missing',
      message: `The declarations in ${root} cannot be read: ${(error as Error).message}. What was declared there last stays in force; it is tried again every few seconds.`,
    });
  const watch = await watchFiles({
    marksOf,
    onChange: take,
    onFailed,
    onVanished: () =>
      tell({
        kind: 'declarations-missing',
        message: `The declarations in ${root} are gone; what was declared there last stays in force until they are back.`,
      }),
    every,
  });
  return {
    services: () => services,
    metadata: () => metadata,
    domains: () => domains,
    look: watch.look,
    close: watch.close,
  };
}

/** The service that a file of the folder `declarations` belongs to. */
const serviceOf = (file: string): string => file.replace(/(?:\.history)?\.json$/, '');
