import { access, realpath } from 'node:fs/promises';
import path from 'node:path';
import { isInside } from '../../base/paths.ts';
import type { WorkerCandidate, WorkerPlace } from '../../model/workers.ts';
import type { SearchResult } from './place.ts';

export interface TrustContext {
  /** Absolute paths. */
  readonly workspaceFolders: readonly string[];
  readonly trustWorkspace: boolean;
  readonly homeFolder: string;
}

/**
 * The folders whose programs must not run: each untrusted workspace folder and the repository around it, also by their real
 * paths. Without those that contain the user's home folder: in `/` or `~`, all programs of the user would be untrusted.
 */
export async function untrustedFolders(context: TrustContext): Promise<readonly string[]> {
  const { workspaceFolders, trustWorkspace, homeFolder } = context;
  if (trustWorkspace) return [];
  const roots = await Promise.all(workspaceFolders.map(async (folder) => [folder, await repositoryOf(folder)]));
  const named = roots.flat();
  const real = await Promise.all(named.map((folder) => realpath(folder).catch(() => folder)));
  const homes = [homeFolder, await realpath(homeFolder).catch(() => homeFolder)];
  return [...new Set([...named, ...real])].filter((folder) => !homes.some((home) => isInside(home, folder)));
}

/** The folder with `.git` around the folder; the folder itself when there is none. */
async function repositoryOf(folder: string): Promise<string> {
  for (let at = folder; ; at = path.dirname(at)) {
    const isRepository = await access(path.join(at, '.git')).then(
      () => true,
      () => false,
    );
    if (isRepository) return at;
    if (path.dirname(at) === at) return folder;
  }
}

/** The first of the folders that contains the file. */
export function folderAround(file: string, folders: readonly string[]): string | undefined {
  return folders.find((folder) => isInside(file, folder));
}

/** Why a worker was passed over, and what the user can do. @param folder not trusted */
export function notTrustedNote(folder: string): string {
  return `The folder ${folder} is not trusted. Name the worker with --worker, use --trust-workspace, or run \`pvf trust\`; in VS Code, trust the workspace.`;
}

/**
 * Takes out the candidates in untrusted folders, also those behind a link from elsewhere. Keeps the one that the user named
 * and the one of this tool.
 */
export function withoutUntrusted({ places, candidates }: SearchResult, untrusted: readonly string[]): SearchResult {
  const folderOf = ({ source, realPath }: WorkerCandidate) =>
    source === 'setting' || source === 'built-in' ? undefined : folderAround(realPath, untrusted);
  const marked = places.map((place): WorkerPlace => {
    const candidate = candidates.find(({ source, path: file }) => source === place.source && file === place.path);
    const folder = candidate && folderOf(candidate);
    return folder === undefined ? place : { ...place, state: 'not-trusted', note: notTrustedNote(folder) };
  });
  return { places: marked, candidates: candidates.filter((candidate) => folderOf(candidate) === undefined) };
}
