import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { HostEnvironment } from '../../base/host-environment.ts';
import { expandPath, isInside } from '../../base/paths.ts';
import type { WorkerCandidate, WorkerPlace, WorkerSource } from '../../model/workers.ts';
import { builtInDamage, builtInFiles } from '../built-in/package-files.ts';
import { builtInName } from '../built-in/version.ts';
import { lookInSubfolders } from './in-folders.ts';
import { lookFor } from './look-at-file.ts';
import { lookBesidePolkadot, lookOnPath, type UsablePath } from './on-path.ts';
import { joinResults, type SearchResult, withoutCandidate, workerFileName } from './place.ts';
import { pathFolders } from './search-path.ts';
import { storeFolder } from './store-folder.ts';

export interface LocateRequest extends HostEnvironment {
  /** From `--worker` or the setting: a path (absolute, relative to `cwd`, or `~/…`), or `portable` for the built-in worker. */
  readonly wanted?: string;
  readonly workspaceFolders: readonly string[];
  /** Whether the search may offer programs of the workspace. */
  readonly trustWorkspace: boolean;
  /** Absolute. */
  readonly cwd: string;
  readonly homeFolder: string;
  readonly cacheFolder: string;
  /** The folder of this tool's `package.json`, with the built-in worker. */
  readonly packageFolder: string;
  /** Where system packages install Polkadot's workers; `/usr/lib/polkadot` by default. */
  readonly systemFolders?: readonly string[];
}

/** polkadot's own packages install the workers here, and polkadot finds them here (polkadot/node/service/src/workers.rs). */
const defaultSystemFolders: readonly string[] = ['/usr/lib/polkadot'];

/**
 * Searches for a prepare worker, in this order: the requested path; the workspace's target folders; beside a `polkadot` on
 * PATH; PATH; the system folders; this tool's own store; the built-in worker. If the user requests the built-in worker, it is
 * the only place. Runs nothing. Never rejects: an inaccessible place is part of the result.
 */
export async function locateWorkers(request: LocateRequest): Promise<SearchResult> {
  const fileName = workerFileName(request.platform);
  const builtIn = lookForBuiltIn(request.packageFolder);
  if (request.wanted === builtInName) return builtIn;
  if (request.platform === 'win32') {
    return joinResults([...withoutOfficialWorkers(request, fileName).map(withoutCandidate), await builtIn]);
  }
  const onPath = usablePath(request);
  const search = [
    lookAtRequested(request),
    lookInWorkspace(request, fileName),
    lookBesidePolkadot(fileName, onPath),
    lookOnPath(fileName, onPath),
    lookInSystem(request, fileName),
    lookInStore(request, fileName),
    builtIn,
  ];
  return eachFileOnce(joinResults(await Promise.all(search)));
}

async function lookAtRequested({ wanted, cwd, homeFolder }: LocateRequest): Promise<SearchResult> {
  if (wanted === undefined) return joinResults([]);
  const file = expandPath(wanted, { workspaceFolder: cwd, homeFolder });
  return lookFor('setting', file, 'This is the requested worker.');
}

async function lookInWorkspace(request: LocateRequest, fileName: string): Promise<SearchResult> {
  const parts = request.workspaceFolders.map((folder): Promise<SearchResult> | SearchResult => {
    const parent = path.join(folder, 'target');
    if (!request.trustWorkspace) {
      const note = 'The workspace is not trusted, so its programs are not used.';
      const pattern = path.join(parent, '*', fileName);
      return withoutCandidate({ source: 'workspace', path: pattern, state: 'not-looked-at', note });
    }
    return lookInSubfolders({
      source: 'workspace',
      parent,
      fileName,
      noteFor: (profile) =>
        profile === 'debug'
          ? 'A debug build of the workspace. It needs far more CPU time than a validator.'
          : `Built by the workspace with the profile ${profile}.`,
      noteForNone: 'The workspace has not built a worker.',
      // Last, because its CPU times differ from those of validators.
      last: ['debug'],
    });
  });
  return joinResults(await Promise.all(parts));
}

async function lookInSystem(request: LocateRequest, fileName: string): Promise<SearchResult> {
  const { systemFolders = defaultSystemFolders } = request;
  const note = 'Installed by a system package.';
  return joinResults(
    await Promise.all(systemFolders.map((folder) => lookFor('system', path.join(folder, fileName), note))),
  );
}

function lookInStore({ cacheFolder }: LocateRequest, fileName: string): Promise<SearchResult> {
  return lookInSubfolders({
    source: 'store',
    parent: storeFolder(cacheFolder),
    fileName,
    noteFor: () => 'Built by this tool (pvf workers build).',
    noteForNone: 'Not built yet (run pvf workers build).',
  });
}

/** Looks for all parts of the worker that ships with this tool. Never rejects. */
async function lookForBuiltIn(packageFolder: string): Promise<SearchResult> {
  const files = builtInFiles(packageFolder);
  const place = { source: 'built-in', path: files.bundle } as const;
  const damage = await builtInDamage(files);
  if (damage !== undefined) {
    const note = `${damage}. Install this tool again, or run \`npm run build\` in its sources.`;
    return withoutCandidate({ ...place, state: 'missing', note });
  }
  const [realPath, { mtimeMs }] = await Promise.all([realpath(files.bundle), stat(files.bundle)]);
  const note = 'It is part of this tool. There is nothing to install.';
  return { places: [{ ...place, state: 'found', note }], candidates: [{ ...place, realPath, modifiedMs: mtimeMs }] };
}

/** PATH without entries through which a workspace could inject a program. */
function usablePath(request: LocateRequest): UsablePath {
  const { absolute, relative } = pathFolders(request);
  const isUntrusted = (folder: string) =>
    !request.trustWorkspace && request.workspaceFolders.some((workspace) => isInside(folder, workspace));
  const skip = (entry: string, note: string): WorkerPlace => ({
    source: 'path',
    path: entry === '' ? '(an empty entry of PATH)' : entry,
    state: 'not-looked-at',
    note,
  });
  return {
    folders: absolute.filter((folder) => !isUntrusted(folder)),
    skipped: [
      ...relative.map((entry) => skip(entry, 'A relative entry of PATH depends on the current folder.')),
      ...absolute
        .filter(isUntrusted)
        .map((entry) => skip(entry, 'The folder is inside a workspace that is not trusted.')),
    ],
  };
}

function eachFileOnce({ places, candidates }: SearchResult): SearchResult {
  const first = new Map<string, WorkerCandidate>();
  for (const candidate of candidates) {
    if (!first.has(candidate.realPath)) first.set(candidate.realPath, candidate);
  }
  const explained = places.map((place) => {
    const candidate = candidates.find((one) => one.source === place.source && one.path === place.path);
    const earlier = candidate && first.get(candidate.realPath);
    if (earlier === undefined || earlier === candidate) return place;
    return { ...place, note: `This is the same file as ${earlier.path}.` };
  });
  return { candidates: [...first.values()], places: explained };
}

/** Polkadot's worker needs Unix sockets and fork, so it can't be built for Windows. */
function withoutOfficialWorkers(request: LocateRequest, fileName: string): WorkerPlace[] {
  const { join } = path.win32;
  const note = "Polkadot's prepare worker does not run on Windows. It runs in WSL.";
  const place = (source: WorkerSource, where: string): WorkerPlace => ({
    source,
    path: where,
    state: 'not-looked-at',
    note,
  });
  return [
    ...(request.wanted === undefined ? [] : [place('setting', request.wanted)]),
    ...request.workspaceFolders.map((folder) => place('workspace', join(folder, 'target', '*', fileName))),
    place('beside-polkadot', fileName),
    place('path', fileName),
    place('store', join(request.cacheFolder, 'workers', '*', fileName)),
  ];
}
