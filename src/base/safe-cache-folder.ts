import { chmodSync, mkdirSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { errorMessage } from './errors.ts';
import { isInside } from './paths.ts';

/** The folders in the cache folder whose content this tool runs or believes. */
const privateFolders = [
  'artifacts',
  'build',
  'chain',
  'engines',
  'functions',
  'history',
  'known-workers',
  'workers',
] as const;

const STICKY = 0o1000;

interface CacheUser {
  /** Undefined on Windows, where nothing is checked but `untrusted`. */
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  /** Folders of a workspace that is not trusted. */
  readonly untrusted: readonly string[];
}

/**
 * Returns why programs and records in the cache folder can't be believed: somebody else may have put them there. A clause
 * without a full stop; undefined when all is well. Takes away the permissions of others on this user's own subfolders.
 */
export function cacheFolderProblem(folder: string, { uid, gid, untrusted }: CacheUser): string | undefined {
  const found = statOf(folder);
  // This tool creates the folder with mode 0700. It does not use what is no folder.
  if (found?.isDirectory() === false) return undefined;
  const around = untrusted.find((one) => isInside(folder, one) || isInside(realPathOf(folder), one));
  if (around !== undefined) return `it is inside ${around}, which is not trusted`;
  if (uid === undefined) return undefined;
  const isForeign = (stats: Stats) => stats.uid !== uid && stats.uid !== 0;
  if (found === undefined) return undefined;
  if (isForeign(found)) return `it belongs to another user (uid ${found.uid})`;
  const isShared = othersCanWrite(found, uid, gid);
  if (isShared && (found.mode & STICKY) === 0) return 'other users can write to it';
  try {
    for (const name of privateFolders) {
      const place = path.join(folder, name);
      // In a shared folder, another user could create it first.
      if (isShared) createIfPossible(place);
      const stats = statOf(place);
      if (stats === undefined) continue;
      if (isForeign(stats)) return `${place} belongs to another user (uid ${stats.uid})`;
      if ((stats.mode & 0o077) === 0 || stats.uid !== uid) continue;
      chmodSync(place, 0o700);
      if (!othersCanWrite(stats, uid, gid)) continue;
      const planted = readdirSync(place).find((entry) => isForeign(statOf(path.join(place, entry)) ?? stats));
      if (planted !== undefined) return `${path.join(place, planted)} belongs to another user`;
    }
  } catch (error) {
    return errorMessage(error);
  }
  return undefined;
}

/** Where this user can't create a folder, the first write fails with a message. */
function createIfPossible(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch {
    // It exists, the disk is full or read-only, or this user may not write.
  }
}

/** The group of many users has no other member; its number is that of the user. */
function othersCanWrite({ mode, gid: group }: Stats, uid: number, gid: number | undefined): boolean {
  const isOwnGroup = group === gid && gid === uid;
  return (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && !isOwnGroup);
}

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** The real path of a folder that may not exist yet. */
function realPathOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    const parent = path.dirname(folder);
    return parent === folder ? folder : path.join(realPathOf(parent), path.basename(folder));
  }
}
