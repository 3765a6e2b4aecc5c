import { lstatSync } from 'node:fs';
import type { IndexBuilding } from '../index-activity.ts';
import { IndexUnavailableError } from '../index-error.ts';
import { openIndexForReading } from '../open-index.ts';
import { updateIndex } from '../update-index.ts';
import { clearDamage, readDamage } from './damage-mark.ts';
import { discardIndex } from './discard-index.ts';
import { databaseState } from './file-identity.ts';
import { findCut, findDamage, indexTables } from './find-damage.ts';
import { indexFault } from './index-fault.ts';
import { readIndexMark } from './index-mark.ts';
import type { FromKeeper, KeeperSettings, LogLevel } from './messages.ts';
import { throttleProgress } from './throttle-progress.ts';
import { tipSignatures } from './tip-signatures.ts';

/** What came of one turn. `again`: there is more to do at once. */
export type TurnOutcome = 'nothing' | 'updated' | 'again';

/** Milliseconds after which git is asked although no file says that anything moved: there may be other kinds of files. */
const ASK_GIT_AFTER = 30_000;

/** Progress of an update that takes no longer is nobody's business: a single record is a few milliseconds. */
const QUIET_FOR = 300;

/** For how long text is taken in, at least, before new records may interrupt that: milliseconds. */
const TEXT_STRETCH = 500;
const LONGEST_TEXT_STRETCH = 30_000;

/** Milliseconds between two lines of the log about an update that takes long. */
const TELL_EVERY = 30_000;

/** Twice as long a pause before each next new start, where damage comes back: no disk is worn out by a fault of ours. */
const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 600_000;

/** An index that held for so long was sound. */
const SOUND_AFTER = 300_000;

export interface UpdateTurns {
  /**
   * Looks whether there is anything to take in, and takes it in.
   *
   * @param isWanted somebody waits for it: git is asked in any case.
   * @throws whatever hindered it; to be called again later.
   */
  turn(isWanted: boolean): Promise<TurnOutcome>;
  /** Whether the repositories stand elsewhere than at the last turn, so that one that failed may be worth trying again. */
  hasMoved(): Promise<boolean>;
}

/** The work of the index's one writer, a turn at a time. */
export function createUpdateTurns(
  settings: KeeperSettings,
  tell: (message: FromKeeper) => void,
  signal: AbortSignal,
): UpdateTurns {
  const { indexFile } = settings;
  const log = (level: LogLevel, message: string): void => tell({ kind: 'log', level, message });
  /** How things were when the index was last brought up to date. */
  let done: { readonly signature: string; readonly file: string | undefined; readonly at: number } | undefined;
  let tried: string | undefined;
  /** Told of already: an update may be interrupted several times before it is done. */
  let isBuilding = false;
  let mark: string | undefined;
  let stretch = TEXT_STRETCH;
  let unread = databaseState(settings.indexFile) === undefined ? [] : [...indexTables()];
  let discarded: { readonly at: number; readonly pause: number } | undefined;
  /** How the file was when it was last looked at. */
  let looked: string | undefined;
  /** Others had written to it since we did. */
  let isOfOthers = false;
  /** It is to be looked at again, for what others wrote meanwhile. */
  let isSecondLook = false;

  function discard(why: string): TurnOutcome {
    const now = performance.now();
    if (discarded && now - discarded.at < discarded.pause) {
      const seconds = Math.ceil((discarded.pause - (now - discarded.at)) / 1000);
      throw new Error(
        `it ${why}, again so soon after it was made anew, which is tried once more in ${seconds} s; look at the disk`,
      );
    }
    const isRepeated = discarded !== undefined && now - discarded.at < SOUND_AFTER;
    discardIndex(indexFile);
    clearDamage(indexFile);
    const pause = isRepeated && discarded ? Math.min(discarded.pause * 2, LONGEST_PAUSE) : FIRST_PAUSE;
    discarded = { at: now, pause };
    done = undefined;
    unread = [];
    log('warn', `The index ${indexFile} ${why}. It is made anew from the records; nothing is lost.`);
    tell({ kind: 'activity', activity: { kind: 'building', part: 'records', done: 0, total: 0 } });
    return 'again';
  }

  /** What makes the index one to throw away; looked for where it is not as we left it. */
  function fault(): string | undefined {
    const damage = readDamage(indexFile);
    if (damage !== undefined) return `was found damaged by a query (${damage})`;
    const file = databaseState(indexFile);
    looked = file;
    isOfOthers = done !== undefined && file !== done.file;
    if (done && file === done.file) return undefined;
    if (file === undefined) {
      if (done)
        log('warn', `The index ${indexFile} was removed while it was served. It is made anew from the records.`);
      return undefined;
    }
    if (lstatSync(indexFile).isDirectory()) return 'is a folder';
    const cut = findCut(indexFile);
    if (cut) return `is damaged (${cut})`;
    try {
      openIndexForReading(indexFile).close();
    } catch (error) {
      if (!(error instanceof IndexUnavailableError)) throw error;
      if (error.reason === 'other-schema') return 'was made by another release of this program';
      if (error.reason === 'damaged') return `is damaged (${causeOf(error)})`;
      if (error.reason === 'being-built' && done) return 'was emptied';
      if (error.reason === 'unusable') throw error;
    }
    const damaged = done && findDamage(indexFile);
    return damaged && `was written to by something else and is damaged (${damaged})`;
  }

  async function update(signature: string): Promise<TurnOutcome> {
    const interruption = new AbortController();
    const started = performance.now();
    let textSince: number | undefined;
    let textDone = 0;
    const isNew = databaseState(indexFile) === undefined;
    const progress = throttleProgress((activity) => tell({ kind: 'activity', activity }), isNew ? 0 : QUIET_FOR);
    let reached: IndexBuilding | undefined;
    const isLong = isNew || isBuilding;
    if (isLong && !isBuilding) log('info', `The index ${indexFile} is being built from the records.`);
    isBuilding = isLong;
    const news = setInterval(() => {
      const far = reached ? ` ${describeProgress(reached)}.` : '';
      log('info', `The index ${indexFile} is being brought up to date.${far}`);
    }, TELL_EVERY);
    const watch = setInterval(() => {
      if (textSince === undefined || performance.now() - textSince < stretch) return;
      void tipSignatures(settings).then((now) => now !== signature && interruption.abort());
    }, settings.pollInterval);
    try {
      const { versions, snapshots } = await updateIndex({
        versionsDirectory: settings.versionsDirectory,
        snapshotsDirectory: settings.snapshotsDirectory,
        indexFile,
        signal: AbortSignal.any([signal, interruption.signal]),
        onProblem: (message) => log('warn', message),
        onProgress({ part, done: count, total }) {
          const building: IndexBuilding = { kind: 'building', part, done: count, total };
          progress(building);
          reached = building;
          if (part === 'records') return;
          if (textSince === undefined) {
            textSince = performance.now();
            // The records are there: whoever waits for them need not wait for the text.
            tellChange();
          }
          textDone = count;
        },
      });
      for (const [records, { removed, tip }] of Object.entries({ versions, snapshots })) {
        if (removed === 0) continue;
        const count = `${removed.toLocaleString('en')} record${removed === 1 ? '' : 's'}`;
        const message = `The history of the ${records} was rewritten: ${count} of the former one went or came anew.`;
        log('warn', `${message} The index ${indexFile} follows it, up to ${tip ?? 'nothing'}.`);
      }
    } catch (error) {
      if (!interruption.signal.aborted || signal.aborted) throw error;
    } finally {
      clearInterval(watch);
      clearInterval(news);
    }
    if (interruption.signal.aborted) {
      // Text that is taken in in one piece must get to its end some time, however fast records follow each other.
      stretch = textDone > 0 ? TEXT_STRETCH : Math.min(stretch * 2, LONGEST_TEXT_STRETCH);
      return 'again';
    }
    stretch = TEXT_STRETCH;
    const file = databaseState(indexFile);
    // Others who were still writing while we looked, and then took it in, are looked after once more.
    isSecondLook = isOfOthers && !isSecondLook && looked !== undefined && file !== looked;
    done = { signature, file: isSecondLook ? looked : file, at: performance.now() };
    tellChange(textDone > 0);
    const seconds = (performance.now() - started) / 1000;
    isBuilding = false;
    if (isLong || seconds > 2) log('info', `The index ${indexFile} is up to date, after ${seconds.toFixed(1)} s.`);
    return 'updated';
  }

  /**
   * An index that was there at the start is looked through once, when there is nothing else to do: damage may be where no query comes
   * for months. One table at a time, so that new records do not wait.
   */
  function lookThroughOneTable(): TurnOutcome {
    const table = unread.shift();
    const damaged = table === undefined ? undefined : findDamage(indexFile, table);
    return damaged === undefined ? 'nothing' : discard(`is damaged (${damaged})`);
  }

  function tellChange(isCertain = false): void {
    const now = readIndexMark(indexFile);
    if (now === mark && !isCertain) return;
    mark = now;
    tell({ kind: 'changed' });
  }

  return {
    async turn(isWanted) {
      const signature = await tipSignatures(settings);
      tried = signature;
      const why = fault();
      if (why !== undefined) return discard(why);
      const isDue =
        isWanted ||
        done === undefined ||
        done.signature !== signature ||
        done.file !== databaseState(indexFile) ||
        performance.now() - done.at > ASK_GIT_AFTER;
      if (!isDue) return lookThroughOneTable();
      try {
        return await update(signature);
      } catch (error) {
        if (!(error instanceof Error) || signal.aborted || indexFault(error) !== 'damaged') throw error;
        return discard(`is damaged (${causeOf(error)})`);
      }
    },
    hasMoved: async () => (await tipSignatures(settings)) !== tried,
  };
}

const describeProgress = ({ part, done, total }: IndexBuilding): string =>
  `${part}: ${done.toLocaleString('en')}${total > 0 ? ` of ${total.toLocaleString('en')}` : ''}`;

const causeOf = (error: Error): string => (error.cause instanceof Error ? error.cause.message : error.message);
