/**
 * Removes what killed processes left. A process notes in its private folder that the folder is its own, and which worker
 * directories it made: their names are those of Polkadot, and their content belongs to the worker.
 */
import { constants } from 'node:fs';
import { lstat, readdir, writeFile } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { readOwnFile } from '../../base/own-file.ts';
import { ownerIsGone, ownerTag } from '../../base/process-owner.ts';
import { removeFolder } from '../../base/remove-folder.ts';

const OWNER = 'owner';
const privateFolder = /^pvf-[A-Za-z0-9]{6}$/;
const workerDir = /^worker-dir-prepare-[A-Za-z0-9]{6}$/;

/** Notes that a private folder belongs to this process. Rejects with the system's error. */
export async function noteOwner(folder: string): Promise<void> {
  await writeFile(join(folder, OWNER), `${ownerTag()}\n`, { flag: 'wx' });
}

/** Notes a worker's directory. Never rejects: without a note it is removed a day after its process ended. */
export async function noteWorkerDir(folder: string, dir: string): Promise<void> {
  const existing = constants.O_WRONLY | constants.O_APPEND;
  await writeFile(join(folder, OWNER), `${dir}\n`, { flag: existing }).catch(() => {});
}

/** Removes the private folders of dead processes, with their workers' directories. Leaves those of other users. Never rejects. */
export async function removeLeftFolders(parent: string): Promise<void> {
  const names = (await readdir(parent).catch(() => [])).filter((name) => privateFolder.test(name));
  for (const name of names) {
    // Another process may remove the same folder.
    await removeIfLeft(join(parent, name)).catch(() => {});
  }
}

async function removeIfLeft(folder: string): Promise<void> {
  const stats = await lstat(folder);
  const isPrivate =
    stats.isDirectory() && stats.uid === (process.getuid?.() ?? stats.uid) && (stats.mode & 0o022) === 0;
  if (!isPrivate) return;
  const [tag = '', ...dirs] = (await readOwnFile(join(folder, OWNER))).toString().split('\n');
  if (!ownerIsGone(tag)) return;
  for (const dir of dirs.filter((one) => isAbsolute(one) && workerDir.test(basename(one)))) await removeFolder(dir);
  await removeFolder(folder);
}
