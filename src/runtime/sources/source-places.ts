/** The places of findings in a runtime crate. Searches the text, so the code need not compile. */
import { dirname, join } from 'node:path';
import type { TextPlace } from '../../model/source-place.ts';
import { Disk } from './disk.ts';
import { buildScriptPath } from './manifest.ts';

export interface SourcePlaces {
  /** `register_validate_block!`: without it the blob has no `validate_block`. */
  readonly registerValidateBlock?: TextPlace;
  /** `construct_runtime!`, `#[runtime]` or `#[frame_support::runtime]`. */
  readonly constructRuntime?: TextPlace;
  /** The use of wasm-builder in the build script, otherwise the first line of the script. */
  readonly buildScript?: TextPlace;
}

/** Maximum number of files of `src` that are read. `lib.rs` is read first. */
const MAX_SOURCES = 64;

/** The path before a name: `frame_support::`. Bounded, so that no search becomes quadratic. */
const PATH = String.raw`(?:\w{1,64}\s{0,8}::\s{0,8}){0,8}`;
const REGISTER_VALIDATE_BLOCK = new RegExp(String.raw`${PATH}register_validate_block\s{0,8}!`);
const CONSTRUCT_RUNTIME = new RegExp(
  String.raw`${PATH}construct_runtime\s{0,8}!|#\s{0,8}\[\s{0,8}${PATH}runtime\s{0,8}(?:\([^()]*\))?\s*\]`,
);
const WASM_BUILDER = new RegExp(
  String.raw`${PATH}WasmBuilder\s{0,8}::\s{0,8}\w+|\bwasm_builder_runner\b|\bsubstrate_wasm_builder\b`,
);

/** Comments and literals, masked before matching. Unterminated ones extend to the end of the text. */
const COMMENTS_AND_LITERALS =
  /'(?:\\.|[^'\\])'|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\br(#*)"[\s\S]*?(?:"\1|$)|"(?:\\[\s\S]|[^"\\])*(?:"|\\?$)/g;

export async function findSourcePlaces(manifestPath: string, signal?: AbortSignal): Promise<SourcePlaces> {
  const disk = new Disk(signal);
  const [inSources, buildScript] = await Promise.all([
    searchSources(disk, join(dirname(manifestPath), 'src')),
    findBuildScript(disk, manifestPath),
  ]);
  return { ...inSources, ...(buildScript && { buildScript }) };
}

/** The first match that is neither in a comment nor in a string. */
export function findInRust(path: string, text: string, pattern: RegExp): TextPlace | undefined {
  const match = pattern.exec(text.replace(COMMENTS_AND_LITERALS, blank));
  if (!match) return undefined;
  const [firstLine = ''] = match[0].split('\n');
  return placeAt(path, text, match.index, firstLine.length);
}

/** `construct_runtime!`, `#[runtime]` or `#[frame_support::runtime]` in a source. */
export function findConstructRuntime(path: string, text: string): TextPlace | undefined {
  // Masking is expensive, and most files have no match.
  return text.includes('runtime') ? findInRust(path, text, CONSTRUCT_RUNTIME) : undefined;
}

/** Does the library call `register_validate_block!`? Reads no other file if it has no `lib.rs`. */
export async function registersValidateBlock(disk: Disk, manifestPath: string): Promise<boolean> {
  const folder = join(dirname(manifestPath), 'src');
  if (!(await disk.stat(join(folder, 'lib.rs')))?.isFile()) return false;
  return (await searchSources(disk, folder)).registerValidateBlock !== undefined;
}

async function searchSources(disk: Disk, folder: string): Promise<SourcePlaces> {
  const names = ((await disk.list(folder)) ?? []).map(({ name }) => name).filter((name) => name.endsWith('.rs'));
  const inOrder = ['lib.rs', ...names.filter((name) => name !== 'lib.rs')].slice(0, MAX_SOURCES);
  let found: SourcePlaces = {};
  for (const name of inOrder) {
    found = { ...placesIn(join(folder, name), (await disk.text(join(folder, name))) ?? ''), ...found };
    if (found.registerValidateBlock && found.constructRuntime) break;
  }
  return found;
}

function placesIn(path: string, text: string): SourcePlaces {
  const registerValidateBlock = findInRust(path, text, REGISTER_VALIDATE_BLOCK);
  const constructRuntime = findConstructRuntime(path, text);
  return { ...(registerValidateBlock && { registerValidateBlock }), ...(constructRuntime && { constructRuntime }) };
}

async function findBuildScript(disk: Disk, manifestPath: string): Promise<TextPlace | undefined> {
  const path = buildScriptPath(manifestPath, (await disk.text(manifestPath)) ?? '');
  const text = await disk.text(path);
  if (text === undefined) return undefined;
  const [firstLine = ''] = text.split(/\r?\n/, 1);
  return findInRust(path, text, WASM_BUILDER) ?? { path, line: 0, column: 0, length: firstLine.length };
}

/** Keeps length and line breaks. */
function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

/** @param at offset in the text */
function placeAt(path: string, text: string, at: number, length: number): TextPlace {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { path, line: before.split('\n').length - 1, column: at - lineStart, length };
}
