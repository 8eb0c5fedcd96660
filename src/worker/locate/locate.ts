import path from 'node:path';
import { expandPath, isInside } from '../../base/paths.ts';
import { lookForBuiltIn } from './built-in.ts';
import { builtInName } from './built-in-name.ts';
import { lookInSubfolders } from './in-folders.ts';
import { lookFor } from './look-at-file.ts';
import { lookBesidePolkadot, lookOnPath, type UsablePath } from './on-path.ts';
import {
  type Candidate,
  type Finding,
  joinFindings,
  justPlace,
  type Place,
  type PlaceSource,
  type Surroundings,
  workerFileName,
} from './place.ts';
import { pathFolders } from './search-path.ts';
import { storeFolder } from './store-folder.ts';

export interface LocateRequest extends Surroundings {
  /**
   * The path from `--worker` or the setting, relative to `cwd`, `~/` being the home folder; or `portable`, which is the
   * built-in worker and no path.
   */
  readonly wanted?: string;
  readonly workspaceFolders: readonly string[];
  /** May programs of the workspace be run? */
  readonly trustWorkspace: boolean;
  /** Absolute. */
  readonly cwd: string;
  readonly homeFolder: string;
  readonly cacheFolder: string;
  /** The folder of this tool's own `package.json`: the built-in worker is part of the package. */
  readonly packageFolder: string;
  /** Where packages install Polkadot's workers. */
  readonly systemFolders?: readonly string[];
}

export interface LocateResult {
  /** What can be tried, best first; each file once. */
  readonly candidates: readonly Candidate[];
  /** Everything that was looked at or left out, in the order of the search. */
  readonly places: readonly Place[];
}

/** Where polkadot's own packages, and its search, have the workers (polkadot/node/service/src/workers.rs). */
const systemFolders: readonly string[] = ['/usr/lib/polkadot'];

/**
 * Searches for a prepare worker, in this order: the path asked for; the workspace's target folders; beside a `polkadot` on
 * PATH; PATH; the system's folder; this tool's own store; the built-in worker. Where that one was asked for, it is the only
 * place. Nothing is run. Never rejects: what can't be looked at is a place that says so.
 */
export async function locateWorkers(request: LocateRequest): Promise<LocateResult> {
  const fileName = workerFileName(request.platform);
  const builtIn = lookForBuiltIn(request.packageFolder);
  if (request.wanted === builtInName) return builtIn;
  if (request.platform === 'win32') {
    return joinFindings([...withoutOfficialWorkers(request, fileName).map(justPlace), await builtIn]);
  }
  const onPath = usablePath(request);
  const search = [
    lookWhereAsked(request),
    lookInWorkspace(request, fileName),
    lookBesidePolkadot(fileName, onPath),
    lookOnPath(fileName, onPath),
    lookInSystem(request, fileName),
    lookInStore(request, fileName),
    builtIn,
  ];
  return eachFileOnce(joinFindings(await Promise.all(search)));
}

async function lookWhereAsked({ wanted, cwd, homeFolder }: LocateRequest): Promise<Finding> {
  if (wanted === undefined) return joinFindings([]);
  const file = expandPath(wanted, { workspaceFolder: cwd, homeFolder });
  return lookFor('setting', file, 'It was asked for.');
}

async function lookInWorkspace(request: LocateRequest, fileName: string): Promise<Finding> {
  const findings = request.workspaceFolders.map((folder): Promise<Finding> | Finding => {
    const parent = path.join(folder, 'target');
    if (!request.trustWorkspace) {
      const note = 'The workspace is not trusted, so none of its programs is run.';
      const pattern = path.join(parent, '*', fileName);
      return justPlace({ source: 'workspace', path: pattern, state: 'not-looked-at', note });
    }
    return lookInSubfolders({
      source: 'workspace',
      parent,
      fileName,
      noteFor: (profile) =>
        profile === 'debug'
          ? 'The workspace built it without optimisation: it needs far more CPU time than a validator does.'
          : `The workspace built it with the profile ${profile}.`,
      noteForNone: 'The workspace has not built one.',
      // Its CPU times say nothing about validators, so it is taken only when there is no other profile.
      last: ['debug'],
    });
  });
  return joinFindings(await Promise.all(findings));
}

async function lookInSystem(request: LocateRequest, fileName: string): Promise<Finding> {
  const folders = request.systemFolders ?? systemFolders;
  const note = 'A package of the system installed it.';
  return joinFindings(await Promise.all(folders.map((folder) => lookFor('system', path.join(folder, fileName), note))));
}

function lookInStore({ cacheFolder }: LocateRequest, fileName: string): Promise<Finding> {
  return lookInSubfolders({
    source: 'store',
    parent: storeFolder(cacheFolder),
    fileName,
    noteFor: () => 'This tool built it (pvf workers build).',
    noteForNone: 'None has been built yet (pvf workers build does it).',
  });
}

/** PATH without what a workspace could have put there. */
function usablePath(request: LocateRequest): UsablePath {
  const { absolute, relative } = pathFolders(request);
  const isUntrusted = (folder: string) =>
    !request.trustWorkspace && request.workspaceFolders.some((workspace) => isInside(folder, workspace));
  const leftOut = (entry: string, note: string): Place => ({
    source: 'path',
    path: entry === '' ? '(an empty entry of PATH)' : entry,
    state: 'not-looked-at',
    note,
  });
  return {
    folders: absolute.filter((folder) => !isUntrusted(folder)),
    leftOut: [
      ...relative.map((entry) => leftOut(entry, 'A relative entry of PATH means another folder everywhere.')),
      ...absolute.filter(isUntrusted).map((entry) => leftOut(entry, 'It is inside a workspace that is not trusted.')),
    ],
  };
}

function eachFileOnce({ places, candidates }: Finding): LocateResult {
  const first = new Map<string, Candidate>();
  for (const candidate of candidates) {
    if (!first.has(candidate.realPath)) first.set(candidate.realPath, candidate);
  }
  const isSame = (place: Place) => (one: Candidate) => one.source === place.source && one.path === place.path;
  const explained = places.map((place) => {
    const candidate = candidates.find(isSame(place));
    const earlier = candidate && first.get(candidate.realPath);
    if (earlier === undefined || earlier === candidate) return place;
    return { ...place, note: `It is the same file as ${earlier.path}, found before.` };
  });
  return { candidates: [...first.values()], places: explained };
}

/** Polkadot's worker needs Unix sockets and fork, so that it can't be built for Windows. */
function withoutOfficialWorkers(request: LocateRequest, fileName: string): Place[] {
  const { join } = path.win32;
  const note = "Polkadot's prepare worker does not run on Windows (it does in WSL).";
  const place = (source: PlaceSource, where: string): Place => ({ source, path: where, state: 'not-looked-at', note });
  return [
    ...(request.wanted === undefined ? [] : [place('setting', request.wanted)]),
    ...request.workspaceFolders.map((folder) => place('workspace', join(folder, 'target', '*', fileName))),
    place('beside-polkadot', fileName),
    place('path', fileName),
    place('store', join(request.cacheFolder, 'workers', '*', fileName)),
  ];
}
