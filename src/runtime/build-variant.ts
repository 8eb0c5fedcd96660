import type { BuildVariant } from '../model/build-variant.ts';
import type { ContainerKind } from '../model/report.ts';

/** The names that wasm-builder gives its files, the longest suffix first. */
const suffixes: readonly (readonly [suffix: string, variant: BuildVariant])[] = [
  ['.compact.compressed.wasm', 'compressed'],
  ['.compact.wasm', 'compact'],
  ['.wasm', 'bloaty'],
];

/**
 * Which of wasm-builder's files a blob is; undefined where that isn't known. A plain `.wasm` is the bloaty one only in
 * wasm-builder's own folder (`wbuild`). Compressed content is the compressed variant under any name:
 * `WASM_TARGET_DIRECTORY` makes a `<crate>.wasm` of it (substrate-wasm-builder, wasm_project.rs).
 */
export function buildVariant(path: string, container: ContainerKind): BuildVariant | undefined {
  if (container === 'compressed-wasm') return 'compressed';
  if (container !== 'wasm') return undefined;
  const named = suffixOf(path)?.[1];
  if (named === 'bloaty') return /(^|[\\/])wbuild[\\/]/.test(path) ? 'bloaty' : undefined;
  return named === 'compact' ? 'compact' : undefined;
}

/**
 * The variant that a WebAssembly blob most likely is, for choosing between files of one build. Nothing in the bytes tells
 * bloaty from compact, and a file that is named compressed but is not was compact before.
 */
export function likelyVariant(name: string, content: 'wasm' | 'compressed-wasm'): BuildVariant {
  if (content === 'compressed-wasm') return 'compressed';
  const named = suffixOf(name)?.[1];
  return named === 'compressed' || named === 'compact' ? 'compact' : 'bloaty';
}

/** The name without the suffix of its variant: `x.rs` for `x.rs.compact.wasm`. */
export function stemOf(name: string): string {
  const suffix = suffixOf(name)?.[0] ?? '';
  return name.slice(0, name.length - suffix.length);
}

/** A name that is nothing but a suffix has none. */
function suffixOf(path: string) {
  return suffixes.find(([suffix]) => path.endsWith(suffix) && path !== suffix);
}
