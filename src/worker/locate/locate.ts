import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { HostEnvironment } from '../../base/host-environment.ts';
import { expandPath } from '../../base/paths.ts';
import type { WorkerCandidate, WorkerPlace, WorkerSource } from '../../model/workers.ts';
import { builtInDamage, builtInFiles } from '../built-in/package-files.ts';
import { builtInName } from '../built-in/version.ts';
import type { Machine } from './check-program.ts';
import { lookInSubfolders } from './in-folders.ts';
import { lookAtFile, lookFor } from './look-at-file.ts';
import { lookBesidePolkadot, lookOnPath, type UsablePath } from './on-path.ts';
import { joinResults, type SearchResult, withoutCandidate, workerFileName } from './place.ts';
import { pathFolders } from './search-path.ts';
import { storeFolder } from './store-folder.ts';
import { folderAround, notTrustedNote, type TrustContext, untrustedFolders, withoutUntrusted } from './untrusted.ts';

export interface LocateRequest extends HostEnvironment, TrustContext {
  /**
   * From `--worker` or the setting: the path of a worker or of its folder (absolute, relative to `cwd`, or `~/…`), or
   * `portable` for the built-in worker.
   */
  readonly wanted?: string;
  /** Of the programs that this machine runs; this process' own by default. */
  readonly arch?: string;
  /** Absolute. */
  readonly cwd: string;
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
 * the only place. Programs in a workspace that is not trusted are no candidates, wherever the search met them. Runs nothing. Never rejects: an inaccessible place is part of the result.
 */
export async function locateWorkers(request: LocateRequest): Promise<SearchResult> {
  const fileName = workerFileName(request.platform);
  const builtIn = lookForBuiltIn(request.packageFolder);
  if (request.wanted === builtInName) return builtIn;
  if (request.platform === 'win32') {
    return joinResults([...withoutOfficialWorkers(request, fileName).map(withoutCandidate), await builtIn]);
  }
  const { platform, arch = process.arch } = request;
  const machine = { platform, arch };
  const untrusted = await untrustedFolders(request);
  const onPath = await usablePath(request, fileName, untrusted);
  const search = [
    lookAtRequested(request, fileName, machine),
    lookInWorkspace(request, fileName, machine),
    lookBesidePolkadot(fileName, onPath, machine),
    lookOnPath(fileName, onPath, machine),
    lookInSystem(request, fileName, machine),
    lookInStore(request, fileName, machine),
    builtIn,
  ];
  return eachFileOnce(withoutUntrusted(joinResults(await Promise.all(search)), untrusted));
}

/** Like polkadot's `--workers-path`, takes a worker or the folder that holds it. */
async function lookAtRequested(
  { wanted, cwd, homeFolder }: LocateRequest,
  fileName: string,
  machine: Machine,
): Promise<SearchResult> {
  if (wanted === undefined) return joinResults([]);
  const place = expandPath(wanted, { workspaceFolder: cwd, homeFolder });
  const isFolder = await stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return lookFor('setting', place, 'This is the requested worker.', machine);
  const inside = await lookFor('setting', path.join(place, fileName), 'It is in the requested folder.', machine);
  if (inside.places.some(({ state }) => state !== 'missing')) return inside;
  const note = `This is a folder without ${fileName}. ${await advice(place, fileName)}`;
  return withoutCandidate({ source: 'setting', path: place, state: 'not-a-file', note });
}

/** Names a worker where a build of polkadot-sdk leaves it. @param folder without a worker */
async function advice(folder: string, fileName: string): Promise<string> {
  for (const profile of ['release', 'production', 'testnet']) {
    for (const below of [path.join('target', profile), profile]) {
      const file = path.join(folder, below, fileName);
      if ((await lookAtFile(file)).state === 'found') return `Give ${file}.`;
    }
  }
  return `Give the path of a ${fileName}, or portable for the built-in worker.`;
}

async function lookInWorkspace(request: LocateRequest, fileName: string, machine: Machine): Promise<SearchResult> {
  const parts = request.workspaceFolders.map((folder): Promise<SearchResult> => {
    const search = lookInSubfolders({
      source: 'workspace',
      parent: path.join(folder, 'target'),
      fileName,
      machine,
      noteFor: (profile) =>
        profile === 'debug'
          ? 'A debug build of the workspace. It needs far more CPU time than a validator.'
          : `Built by the workspace with the profile ${profile}.`,
      noteForNone: 'The workspace has not built a worker.',
      // Last, because its CPU times differ from those of validators.
      last: ['debug'],
    });
    return request.trustWorkspace ? search : search.then((result) => passedOver(result, folder));
  });
  return joinResults(await Promise.all(parts));
}

/** @param folder not trusted, even where it contains the user's home folder */
function passedOver({ places }: SearchResult, folder: string): SearchResult {
  const marked = places.map((place): WorkerPlace => {
    return place.state === 'missing' ? place : { ...place, state: 'not-trusted', note: notTrustedNote(folder) };
  });
  return { places: marked, candidates: [] };
}

async function lookInSystem(request: LocateRequest, fileName: string, machine: Machine): Promise<SearchResult> {
  const { systemFolders = defaultSystemFolders } = request;
  const note = 'Installed by a system package.';
  return joinResults(
    await Promise.all(systemFolders.map((folder) => lookFor('system', path.join(folder, fileName), note, machine))),
  );
}

function lookInStore({ cacheFolder }: LocateRequest, fileName: string, machine: Machine): Promise<SearchResult> {
  return lookInSubfolders({
    source: 'store',
    parent: storeFolder(cacheFolder),
    fileName,
    machine,
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
async function usablePath(request: LocateRequest, fileName: string, untrusted: readonly string[]): Promise<UsablePath> {
  const { absolute, relative } = pathFolders(request);
  const skip = (entry: string, note: string): WorkerPlace => ({
    source: 'path',
    path: entry === '' ? '(an empty entry of PATH)' : entry,
    state: 'not-looked-at',
    note,
  });
  const skipped = absolute.map(async (entry): Promise<readonly WorkerPlace[]> => {
    const folder = folderAround(entry, untrusted);
    if (folder === undefined) return [];
    const file = path.join(entry, fileName);
    const isThere = (await lookAtFile(file)).state === 'found';
    return isThere
      ? [{ source: 'path', path: file, state: 'not-trusted', note: notTrustedNote(folder) }]
      : [skip(entry, `It is inside the folder ${folder}, which is not trusted.`)];
  });
  return {
    folders: absolute.filter((entry) => folderAround(entry, untrusted) === undefined),
    skipped: [
      ...relative.map((entry) => skip(entry, 'A relative entry of PATH depends on the current folder.')),
      ...(await Promise.all(skipped)).flat(),
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
