/** Finds an item in the sources of a crate. Searches the text, so the code need not compile. */
import { basename, dirname, join } from 'node:path';
import { Disk } from '../../../runtime/sources/disk.ts';
import { findInRust } from '../../../runtime/sources/source-places.ts';
import { parseToml, tableAt } from '../../../runtime/sources/toml.ts';
import type { TextPlace } from '../../model.ts';
import { FolderReader } from '../folders.ts';
import { type ItemPath, isIdentifier } from './item-path.ts';

export interface FoundItem extends TextPlace {
  /** False: the item was not found, and this is the file of its module. */
  readonly isExact: boolean;
}

const MAX_FOLDERS = 300;
/** Files that are read if the item is not in the file of its module. */
const MAX_FILES = 400;

/** Undefined if the folder has no crate. */
export async function findItem(
  crateFolder: string,
  { path, item }: Pick<ItemPath, 'path' | 'item'>,
  signal?: AbortSignal,
): Promise<FoundItem | undefined> {
  const disk = new Disk(signal);
  const root = await rootFile(disk, crateFolder);
  if (root === undefined) return undefined;
  const owner = await moduleFile(disk, root, path.filter(isIdentifier));
  const top = { path: owner.file, line: 0, column: 0, length: 0, isExact: item === undefined && path.length === 0 };
  // A type or an inline module of the path narrows the search down.
  const names = [item, ...owner.rest.toReversed()].filter((name) => name !== undefined).filter(isIdentifier);
  for (const name of names) {
    const place = (await inFile(disk, owner.file, name, owner.rest)) ?? (await elsewhere(disk, root, owner.file, name));
    if (place !== undefined) return { ...place, isExact: name === (item ?? path.at(-1)) };
  }
  return top;
}

/** `[lib] path`, otherwise `src/lib.rs`, otherwise `src/main.rs`. */
async function rootFile(disk: Disk, folder: string): Promise<string | undefined> {
  const manifest = await disk.text(join(folder, 'Cargo.toml'));
  const named = tableAt(manifest === undefined ? undefined : parseToml(manifest), 'lib')?.['path'];
  const candidates = [...(typeof named === 'string' ? [named] : []), 'src/lib.rs', 'src/main.rs'];
  return firstFile(
    disk,
    candidates.map((path) => join(folder, path)),
  );
}

interface ModuleFile {
  readonly file: string;
  /** What is not a file of its own: inline modules and types. */
  readonly rest: readonly string[];
}

/** Follows the modules of a path as far as they have files. */
async function moduleFile(disk: Disk, root: string, path: readonly string[]): Promise<ModuleFile> {
  let file = root;
  for (const [at, name] of path.entries()) {
    const next = await childModule(disk, file, name, file === root);
    if (next === undefined) return { file, rest: path.slice(at) };
    file = next;
  }
  return { file, rest: [] };
}

async function childModule(disk: Disk, file: string, name: string, isRoot: boolean): Promise<string | undefined> {
  const folder = dirname(file);
  const stem = basename(file, '.rs');
  const below = isRoot || stem === 'mod' ? folder : join(folder, stem);
  const found = await firstFile(disk, [join(below, `${name}.rs`), join(below, name, 'mod.rs')]);
  if (found !== undefined) return found;
  const text = (await disk.text(file)) ?? '';
  const named = new RegExp(
    String.raw`#\s{0,8}\[\s{0,8}path\s{0,8}=\s{0,8}"([^"\n]{1,256})"\s{0,8}\]\s{0,64}(?:pub(?:\([^()]{0,64}\))?\s{1,8})?mod\s{1,8}${name}\b`,
  );
  const path = named.exec(text)?.[1];
  return path === undefined ? undefined : firstFile(disk, [join(folder, path)]);
}

async function firstFile(disk: Disk, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if ((await disk.stat(path))?.isFile()) return path;
  return undefined;
}

const KINDS = '(?:fn|struct|enum|trait|type|mod|union|static|const|macro_rules\\s{0,8}!)';

/** @param inside inline modules and types; the item comes after them */
async function inFile(
  disk: Disk,
  file: string,
  name: string,
  inside: readonly string[] = [],
): Promise<TextPlace | undefined> {
  const text = await disk.text(file);
  // Masking comments is expensive, and most files have no match.
  if (!text?.includes(name)) return undefined;
  const start = inlineStart(
    file,
    text,
    inside.filter((one) => one !== name),
  );
  const item = new RegExp(String.raw`\b${KINDS}\s{1,8}${name}\b`);
  // Blank lines keep the numbers of lines and columns.
  const after = text.slice(0, start).replace(/[^\n]/g, ' ') + text.slice(start);
  return findInRust(file, after, item) ?? findInRust(file, text, item);
}

/** Offset at which the inline modules, and the `impl` of a type, begin. */
function inlineStart(file: string, text: string, inside: readonly string[]): number {
  let start = 0;
  for (const name of inside) {
    const pattern = new RegExp(String.raw`\bmod\s{1,8}${name}\b|\bimpl\b[^;{}]{0,400}\b${name}\b`);
    const place = findInRust(file, text.slice(start), pattern);
    if (place !== undefined) start += offsetOf(text.slice(start), place);
  }
  return start;
}

function offsetOf(text: string, { line, column }: TextPlace): number {
  let offset = 0;
  for (let at = 0; at < line; at++) offset = text.indexOf('\n', offset) + 1;
  return offset + column;
}

/** In the other files of the crate, those near the module first. */
async function elsewhere(disk: Disk, root: string, near: string, name: string): Promise<TextPlace | undefined> {
  const reader = new FolderReader(disk, MAX_FOLDERS);
  const files: string[] = [];
  for (let level: readonly string[] = [dirname(root)]; level.length > 0; ) {
    const listed = await reader.list(level);
    for (const { path, entries } of listed) {
      files.push(
        ...entries
          .filter((entry) => entry.isFile() && entry.name.endsWith('.rs'))
          .map((entry) => join(path, entry.name)),
      );
    }
    level = listed.flatMap(({ below }) => below);
  }
  const isNear = (file: string) => dirname(file) === dirname(near) || file.startsWith(near.replace(/\.rs$/, '/'));
  const ordered = [...files.filter(isNear), ...files.filter((file) => !isNear(file))].filter((file) => file !== near);
  for (const file of ordered.slice(0, MAX_FILES)) {
    const place = await inFile(disk, file, name);
    if (place !== undefined) return place;
  }
  return undefined;
}
