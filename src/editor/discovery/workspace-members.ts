/** The members of a Cargo workspace (cargo, src/cargo/core/workspace.rs). */
import { basename, join, relative, resolve } from 'node:path';
import { globRegExp, hasWildcards } from '../../base/glob.ts';
import { isInside } from '../../base/paths.ts';
import type { CargoWorkspace } from './cargo-manifest.ts';
import type { FolderReader, ListedFolder } from './folders.ts';

/** The folders of `members` and `default-members`. */
interface MemberFolders {
  /** Members that are written out. They may not exist. */
  readonly written: readonly string[];
  /** Folders that a glob matches, without those of `exclude`. They may lack a manifest, and are no members then. */
  readonly matched: readonly string[];
}

export async function memberFolders(
  reader: FolderReader,
  root: string,
  { members, exclude }: CargoWorkspace,
): Promise<MemberFolders> {
  const excludes = exclude.map((pattern) => excluder(root, pattern));
  const matched: string[] = [];
  // One after the other, so that a later glob such as `**` does not use up the limit first.
  for (const pattern of members.filter(hasWildcards)) matched.push(...(await expand(reader, root, pattern)));
  return {
    // Cargo excludes no member that is written out.
    written: members.filter((pattern) => !hasWildcards(pattern)).map((path) => resolve(root, path)),
    matched: matched.filter((folder) => !excludes.some((excludesFolder) => excludesFolder(folder))),
  };
}

function excluder(root: string, pattern: string): (folder: string) => boolean {
  if (!hasWildcards(pattern)) return (folder) => isInside(folder, resolve(root, pattern));
  const matches = globRegExp(`${pattern.replace(/\/+$/, '')}{,/**}`);
  return (folder) => matches.test(relative(root, folder).replaceAll('\\', '/'));
}

/** Follows a glob component by component, so that it lists only folders that can lead to a match. */
async function expand(reader: FolderReader, root: string, pattern: string): Promise<readonly string[]> {
  let folders: readonly string[] = [root];
  for (const component of pattern.split('/').filter((part) => part !== '' && part !== '.')) {
    if (component === '**') folders = await withDescendants(reader, folders);
    else if (hasWildcards(component)) folders = await matching(reader, folders, globRegExp(component));
    else folders = folders.map((folder) => join(folder, component));
  }
  return folders.filter((folder) => folder !== root);
}

async function matching(reader: FolderReader, folders: readonly string[], name: RegExp): Promise<readonly string[]> {
  const below = belowOf(await reader.list(folders));
  return below.filter((folder) => name.test(basename(folder)));
}

async function withDescendants(reader: FolderReader, folders: readonly string[]): Promise<readonly string[]> {
  const all: string[] = [];
  for (let level = folders; level.length > 0; level = belowOf(await reader.list(level))) all.push(...level);
  return all;
}

function belowOf(listed: readonly ListedFolder[]): readonly string[] {
  return listed.flatMap(({ below }) => below);
}
