/** The blobs that the `runtimes` of a `pvf.json` name. */
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { globRegExp, hasWildcards } from '../../base/glob.ts';
import { ConfigError } from '../../limits/json-file.ts';
import { stemOf } from '../../runtime/build-variant.ts';
import type { TeamConfig } from './config-request.ts';
import { searchedFolders } from './find-config.ts';

/** Files and folders that the globs of one file may look at. A large workspace has some 100,000 below `target`. */
const MAX_ENTRIES = 300_000;
const MAX_DEPTH = 32;

/** Folders of cargo and of package managers, which have many files and no runtime. */
const skippedFolders: ReadonlySet<string> = new Set(['.git', '.fingerprint', 'deps', 'incremental', 'node_modules']);

/** wasm-builder's files, the one to register first. */
const suffixes = ['.compact.compressed.wasm', '.compact.wasm', '.wasm'];

interface Found {
  readonly path: string;
  readonly changedMs: number;
}

type RuntimesOf = Pick<TeamConfig, 'path' | 'runtimes' | 'exclude'>;

/**
 * Absolute paths of the blobs, each once, in the order of the entries. Of wasm-builder's three files the one to register counts.
 * Rejects with `ConfigError` when an entry names nothing.
 * @param targetFolder cargo's target folder, if the environment names one
 */
export async function findRuntimes(config: RuntimesOf, targetFolder?: string): Promise<readonly string[]> {
  const folder = path.dirname(config.path);
  const budget = { entries: MAX_ENTRIES };
  const isExcluded = exclusion(config.exclude, folder);
  const found: string[] = [];
  for (const [index, entry] of config.runtimes.entries()) {
    const where = `${config.path}: runtimes[${index}] "${entry}"`;
    const paths = await pathsOf(entry, folder, { where, budget, targetFolder });
    found.push(...paths.filter((file) => !isExcluded(file)));
  }
  if (found.length === 0 && config.runtimes.length > 0) {
    throw new ConfigError(`${config.path}: exclude leaves no runtime. Remove an entry of it.`);
  }
  return [...new Set(found)];
}

interface Search {
  readonly where: string;
  readonly budget: { entries: number };
  readonly targetFolder: string | undefined;
}

async function pathsOf(entry: string, folder: string, search: Search): Promise<readonly string[]> {
  if (isCrateName(entry)) return [await blobOfCrate(entry, folder, search)];
  // Reading the file says what is wrong with it.
  if (!hasWildcards(entry)) return [path.resolve(folder, entry)];
  if (/\{[^}]*\/[^}]*\}/.test(entry)) {
    throw new ConfigError(`${search.where}: braces can't contain a slash. Write an entry for each path.`);
  }
  const found: string[] = [];
  await walk(folder, entry.replaceAll('\\', '/').split('/'), search, found);
  if (found.length > 0) return preferred(found);
  throw new ConfigError(
    `${search.where}: no file matches. The path is relative to ${folder}; build the runtime first.`,
  );
}

function isCrateName(entry: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(entry);
}

/** The newest blob of the crate in a target folder. A release build comes before a development build. */
async function blobOfCrate(crate: string, folder: string, { where, targetFolder }: Search): Promise<string> {
  const targets = [
    ...(targetFolder === undefined ? [] : [targetFolder]),
    ...(await searchedFolders(folder)).map((one) => path.join(one, 'target')),
  ];
  for (const target of targets) {
    const found = (
      await Promise.all((await profilesIn(target)).map((profile) => blobIn(target, profile, crate)))
    ).flat();
    const best = found.sort(
      (a, b) => Number(a.isDevelopment) - Number(b.isDevelopment) || b.changedMs - a.changedMs,
    )[0];
    if (best !== undefined) return best.path;
  }
  throw new ConfigError(
    `${where}: the crate has no blob in ${targets.map((target) => path.join(target, '*', 'wbuild', crate)).join(' or ')}. ` +
      `Build it (cargo build --release -p ${crate}), or correct the name.`,
  );
}

/** Names of the crates that wasm-builder has built below the `target` of the folder, in order. */
export async function builtCrates(folder: string): Promise<readonly string[]> {
  const target = path.join(folder, 'target');
  const found = new Set<string>();
  for (const profile of await profilesIn(target)) {
    for (const { name } of await entriesOf(path.join(target, profile, 'wbuild'))) {
      if (isCrateName(name) && (await blobIn(target, profile, name)).length > 0) found.add(name);
    }
  }
  return [...found].sort();
}

async function profilesIn(target: string): Promise<readonly string[]> {
  return (await entriesOf(target)).filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

async function blobIn(
  target: string,
  profile: string,
  crate: string,
): Promise<readonly (Found & { readonly isDevelopment: boolean })[]> {
  const stem = crate.replaceAll('-', '_');
  for (const suffix of suffixes) {
    for (const name of new Set([crate, stem, stem.replaceAll('_', '-')])) {
      const file = path.join(target, profile, 'wbuild', name, `${stem}${suffix}`);
      const changedMs = await changedAt(file);
      if (changedMs !== undefined) return [{ path: file, changedMs, isDevelopment: profile === 'debug' }];
    }
  }
  return [];
}

async function changedAt(file: string): Promise<number | undefined> {
  return stat(file).then(
    (found) => (found.isFile() ? found.mtimeMs : undefined),
    () => undefined,
  );
}

/** Adds the files that the rest of a glob matches. Follows no symbolic links. */
async function walk(
  folder: string,
  [segment = '', ...rest]: readonly string[],
  search: Search,
  found: string[],
  depth = 0,
): Promise<void> {
  if (depth > MAX_DEPTH) return;
  if (segment === '' || segment === '.')
    return rest.length === 0 ? undefined : walk(folder, rest, search, found, depth);
  const isLast = rest.length === 0;
  if (segment !== '**' && !hasWildcards(segment)) {
    const next = path.join(folder, segment);
    if (!isLast) return walk(next, rest, search, found, depth + 1);
    if ((await changedAt(next)) !== undefined) found.push(next);
    return;
  }
  const isDeep = segment === '**';
  if (isDeep) await walk(folder, isLast ? ['*'] : rest, search, found, depth);
  const pattern = globRegExp(segment);
  for (const entry of await entriesOf(folder)) {
    search.budget.entries -= 1;
    if (search.budget.entries < 0) {
      throw new ConfigError(
        `${search.where}: more than ${MAX_ENTRIES} files were looked at. Name the folder more exactly.`,
      );
    }
    const next = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (skippedFolders.has(entry.name)) continue;
      if (isDeep) await walk(next, [segment, ...rest], search, found, depth + 1);
      else if (!isLast && pattern.test(entry.name)) await walk(next, rest, search, found, depth + 1);
    } else if (isLast && !isDeep && entry.isFile() && pattern.test(entry.name)) found.push(next);
  }
}

/** Sorted by name. Empty when the folder can't be read. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** One file of each build. */
function preferred(files: readonly string[]): readonly string[] {
  const best = new Map<string, string>();
  for (const file of files) {
    const key = stemOf(file);
    const known = best.get(key);
    if (known === undefined || rank(file) < rank(known)) best.set(key, file);
  }
  return [...best.values()];
}

function rank(file: string): number {
  return suffixes.findIndex((suffix) => file.endsWith(suffix));
}

/** As for `pvf.exclude`: an entry without a slash means a crate, or a file or folder of that name at any depth. */
function exclusion(entries: readonly string[], folder: string): (file: string) => boolean {
  const patterns = entries.flatMap((entry) => {
    const plain = entry.replaceAll('\\', '/').replace(/^\.\/|\/+$/g, '');
    if (plain.includes('/')) return [globRegExp(`${plain}{,/**}`)];
    const stem = plain.replaceAll('-', '_');
    return [plain, ...suffixes.map((suffix) => `${stem}${suffix}`)].map((name) => globRegExp(`{,**/}${name}{,/**}`));
  });
  return (file) => {
    const relative = path.relative(folder, file).replaceAll('\\', '/');
    return patterns.some((pattern) => pattern.test(relative));
  };
}
