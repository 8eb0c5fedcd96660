/**
 * A file of records, one JSON value a line, that several processes may write at once without a lock. Each record is appended
 * with one write, which local file systems never mix with another, and starts a line of its own: what a killed process or a
 * full disk leaves of a record damages no other.
 */
import { randomBytes } from 'node:crypto';
import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, openSync, writeSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { NotOurFile, readOwnFile } from '../../base/own-file.ts';
import { removeFolder } from '../../base/remove-folder.ts';

export interface Records {
  /** In no certain order. A record may be there twice, see `append`. */
  readonly records: readonly unknown[];
  /** Lines that hold no JSON. */
  readonly damagedLines: number;
  /** The files that were read. More than one while a process compacts them, or after one died doing so. */
  readonly files: number;
}

const EXTENSION = '.jsonl';
/** The part of a name that marks a file which is being compacted. */
const COMPACTING = '.old-';
/** More than the history of a runtime can have between two compactions. */
const MAX_BYTES = 16 * 1024 * 1024;
const MAX_ATTEMPTS = 8;
const absent: readonly (string | undefined)[] = ['ENOENT', 'ENOTDIR'];

/** All records. Empty without a file. Rejects with `NotOurFile` or the system's error. */
export async function readRecords(folder: string, name: string): Promise<Records> {
  const { files, texts } = await readAll(folder, name);
  // After the last line break there is a record that a process is writing now, or the rest of a killed one.
  const lines = texts.flatMap((text) => text.split('\n').slice(0, -1)).filter((line) => line.trim() !== '');
  const records = lines.map(parsed);
  const valid = records.filter((record) => record !== undefined);
  return { records: valid, damagedLines: records.length - valid.length, files: files.length };
}

/** Appends the records. Throws `NotOurFile` or the system's error, or an error when the disk took only a part. */
export function appendRecords(folder: string, name: string, records: readonly unknown[]): void {
  const file = path.join(folder, name + EXTENSION);
  const bytes = Buffer.from(`\n${records.map((record) => JSON.stringify(record)).join('\n')}\n`);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    // Another process may have taken the file away to compact it, perhaps after it had read it. Then the records go to the
    // new file too; whoever reads them leaves out the second copy.
    if (appendOnce(file, bytes)) return;
  }
  throw new Error(`${file} is replaced all the time`);
}

/** Replaces all records by those that `keep` returns. Loses none that another process appends meanwhile. */
export async function compactRecords(
  folder: string,
  name: string,
  keep: (records: readonly unknown[]) => readonly unknown[],
): Promise<void> {
  const aside = path.join(folder, `${name}${COMPACTING}${randomBytes(6).toString('hex')}${EXTENSION}`);
  await rename(path.join(folder, name + EXTENSION), aside).catch((error) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  });
  const files = (await filesOf(folder, name)).filter((file) => file.includes(COMPACTING));
  const { records } = await readRecords(folder, name);
  const kept = keep(records);
  if (kept.length > 0) appendRecords(folder, name, kept);
  // Its content is in the new file now. A process that dies before this leaves both, and the next one compacts again.
  for (const file of files) await rm(path.join(folder, file), { force: true });
}

/** Deletes all records. */
export async function deleteRecords(folder: string, name: string): Promise<void> {
  for (const file of await filesOf(folder, name)) await removeFolder(path.join(folder, file));
}

/** The name of a record file. Undefined for any other file. */
export function recordNameOf(file: string): string | undefined {
  return file.endsWith(EXTENSION) ? (file.slice(0, -EXTENSION.length).split(COMPACTING)[0] ?? undefined) : undefined;
}

/** Reads again when another process has moved a listed file meanwhile: its records are in a file that was not listed. */
async function readAll(folder: string, name: string, attempts = MAX_ATTEMPTS) {
  const files = await filesOf(folder, name);
  const texts = await Promise.all(files.map((file) => readIfThere(path.join(folder, file))));
  const found = texts.filter((text) => text !== undefined);
  if (found.length < files.length && attempts > 1) return readAll(folder, name, attempts - 1);
  return { files, texts: found };
}

async function filesOf(folder: string, name: string): Promise<string[]> {
  const all = await readdir(folder).catch((error): string[] => {
    if (absent.includes((error as NodeJS.ErrnoException).code)) return [];
    throw error;
  });
  return all.filter((file) => recordNameOf(file) === name);
}

/** Whether the file is still in its place. */
function appendOnce(file: string, bytes: Buffer): boolean {
  const { O_WRONLY, O_CREAT, O_APPEND, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
  // Before opening, because opening a device can have side effects. A FIFO may replace the file afterwards.
  checkOwn(file, lstatSync(file, { bigint: true, throwIfNoEntry: false }));
  const fd = openSync(file, O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_NOFOLLOW, 0o600);
  try {
    const opened = fstatSync(fd, { bigint: true });
    checkOwn(file, opened);
    const written = writeSync(fd, bytes);
    if (written < bytes.length) throw new Error(`the disk took only ${written} of ${bytes.length} bytes`);
    // While the file is open, no other file gets its number.
    const now = lstatSync(file, { bigint: true, throwIfNoEntry: false });
    return now !== undefined && now.ino === opened.ino && now.dev === opened.dev;
  } finally {
    closeSync(fd);
  }
}

function checkOwn(file: string, stats: BigIntStats | undefined): void {
  if (stats === undefined) return;
  if (!stats.isFile() || stats.nlink > 1n) throw new NotOurFile(`${file} is no ordinary file`);
  if (stats.size > MAX_BYTES) throw new NotOurFile(`${file} is too large for a history`);
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    checkOwn(file, lstatSync(file, { bigint: true }));
    return (await readOwnFile(file)).toString('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) ?? undefined;
  } catch {
    return undefined;
  }
}
