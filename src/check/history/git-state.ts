/**
 * Which commit and branch a repository is at, read from the files of `.git`. Never runs git: the configuration of a
 * repository can name programs that git runs (`core.fsmonitor`, `core.sshCommand`). So whether files were changed since the
 * commit stays unknown.
 */
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { openRegularFile } from '../../base/open-regular-file.ts';
import type { GitState } from '../../model/history.ts';

export interface GitRepository {
  /** The folder with `HEAD`: `.git`, or that of a worktree or submodule. A real path. */
  readonly gitFolder: string;
  /** The folder that all worktrees of the repository share. A real path. */
  readonly commonFolder: string;
  /** The folder with the checked-out files. A real path. */
  readonly root: string;
}

const MAX_SMALL_BYTES = 4096;
/** 100 000 refs. */
const MAX_PACKED_BYTES = 8 * 1024 * 1024;
const MAX_PARENTS = 64;
/** git's own limit. */
const MAX_SYMBOLIC_REFS = 5;

/** The repository that a folder is in. Undefined when there is none, or when it can't be read. Never rejects. */
export async function findRepository(folder: string): Promise<GitRepository | undefined> {
  let at = await realpath(folder).catch(() => undefined);
  for (let parents = 0; at !== undefined && parents < MAX_PARENTS; parents += 1) {
    const found = await repositoryAt(at);
    if (found !== undefined) return found;
    const parent = path.dirname(at);
    if (parent === at) return undefined;
    at = parent;
  }
  return undefined;
}

/** Undefined when there is no commit yet, or when the refs have a format that this tool can't read (`reftable`). */
export async function readGitState({ gitFolder, commonFolder }: GitRepository): Promise<GitState | undefined> {
  let text = await readSmall(path.join(gitFolder, 'HEAD'));
  let branch: string | undefined;
  for (let links = 0; text !== undefined && links <= MAX_SYMBOLIC_REFS; links += 1) {
    const [, ref] = /^ref: (\S+)\s*$/.exec(text) ?? [];
    if (ref === undefined) {
      const commit = commitIn(text);
      return commit === undefined ? undefined : { commit, ...(branch !== undefined && { branch }) };
    }
    if (!isSafeRef(ref)) return undefined;
    if (links === 0 && ref.startsWith('refs/heads/')) branch = ref.slice('refs/heads/'.length);
    text = await readRef(ref, gitFolder, commonFolder);
  }
  return undefined;
}

/** A loose ref wins over a packed one. A worktree has a few refs of its own (`refs/bisect/…`). */
async function readRef(ref: string, gitFolder: string, commonFolder: string): Promise<string | undefined> {
  return (
    (await readSmall(path.join(gitFolder, ref))) ??
    (await readSmall(path.join(commonFolder, ref))) ??
    packedCommit((await readText(path.join(commonFolder, 'packed-refs'), MAX_PACKED_BYTES)) ?? '', ref)
  );
}

function packedCommit(text: string, ref: string): string | undefined {
  const end = ` ${ref}`;
  return text
    .split('\n')
    .find((line) => line.trimEnd().endsWith(end) && commitIn(line.slice(0, -end.length)) !== undefined)
    ?.split(' ')[0];
}

/** Never leads out of the folder of the refs, and has only characters that git allows. */
function isSafeRef(ref: string): boolean {
  return (
    /^refs\/[^\s~^:?*[\\\p{Cc}]+$/u.test(ref) && ref.split('/').every((part) => part !== '' && !part.startsWith('.'))
  );
}

function commitIn(text: string): string | undefined {
  return /^([0-9a-f]{64}|[0-9a-f]{40})\s*$/.exec(text)?.[1];
}

async function repositoryAt(root: string): Promise<GitRepository | undefined> {
  const entry = path.join(root, '.git');
  const found = await stat(entry).catch(() => undefined);
  if (found === undefined) return undefined;
  const gitFolder = found.isDirectory() ? await folderWithHead(entry) : await linkedFolder(entry, root);
  if (gitFolder === undefined) return undefined;
  const shared = (await readSmall(path.join(gitFolder, 'commondir')))?.trimEnd();
  if (shared === undefined) return { gitFolder, commonFolder: gitFolder, root };
  const commonFolder = await realpath(resolveLocal(gitFolder, shared) ?? gitFolder).catch(() => undefined);
  return { gitFolder, commonFolder: commonFolder ?? gitFolder, root };
}

/** A worktree or submodule has a file `.git` with the path of the folder. */
async function linkedFolder(file: string, root: string): Promise<string | undefined> {
  const [, target] = /^gitdir: (.+?)\r?\n?$/.exec((await readSmall(file)) ?? '') ?? [];
  const folder = target === undefined ? undefined : resolveLocal(root, target);
  return folder === undefined ? undefined : folderWithHead(folder);
}

/** Undefined for a path on another machine: Windows would send it the user's credentials. */
function resolveLocal(folder: string, target: string): string | undefined {
  return /^[\\/]{2}/.test(target) || target.includes('\0') ? undefined : path.resolve(folder, target);
}

/** An empty folder `.git` is no repository. */
async function folderWithHead(folder: string): Promise<string | undefined> {
  const isThere = (await readSmall(path.join(folder, 'HEAD'))) !== undefined;
  return isThere ? realpath(folder).catch(() => undefined) : undefined;
}

function readSmall(file: string): Promise<string | undefined> {
  return readText(file, MAX_SMALL_BYTES);
}

/** Undefined for anything but a readable file of at most `maxBytes`. */
async function readText(file: string, maxBytes: number): Promise<string | undefined> {
  try {
    const { handle, stats } = await openRegularFile(file, (found) => {
      if (!found.isFile() || found.size > maxBytes) throw new Error('this is no file of git');
    });
    await using opened = handle;
    const content = Buffer.alloc(Number(stats.size));
    const { bytesRead } = await opened.read(content, 0, content.length, 0);
    return content.toString('utf8', 0, bytesRead);
  } catch {
    return undefined;
  }
}
