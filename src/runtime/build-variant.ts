import type { BuildVariant } from '../model/build-variant.ts';
import type { ContainerKind } from '../model/report.ts';

/** The suffixes of wasm-builder's files, the longest first. */
const suffixes: readonly (readonly [suffix: string, variant: BuildVariant])[] = [
  ['.compact.compressed.wasm', 'compressed'],
  ['.compact.wasm', 'compact'],
  ['.wasm', 'bloaty'],
];

/**
 * Returns which of wasm-builder's files a blob is, or undefined if unknown. A plain `.wasm` is the bloaty file only in
 * wasm-builder's own folder (`wbuild`). Compressed content is the compressed file under any name:
 * `WASM_TARGET_DIRECTORY` copies it to `<crate>.wasm` (substrate-wasm-builder, wasm_project.rs).
 */
export function buildVariant(path: string, container: ContainerKind): BuildVariant | undefined {
  if (container === 'compressed-wasm') return 'compressed';
  if (container !== 'wasm') return undefined;
  const named = suffixOf(path)?.[1];
  if (named === 'bloaty') return /(^|[\\/])wbuild[\\/]/.test(path) ? 'bloaty' : undefined;
  return named === 'compact' ? 'compact' : undefined;
}

/**
 * Returns the most likely variant of a WebAssembly blob, to choose between the files of one build. The content can't
 * distinguish bloaty from compact. An uncompressed file with a compressed name was compact before.
 */
export function likelyVariant(name: string, content: 'wasm' | 'compressed-wasm'): BuildVariant {
  if (content === 'compressed-wasm') return 'compressed';
  const named = suffixOf(name)?.[1];
  return named === 'compressed' || named === 'compact' ? 'compact' : 'bloaty';
}

/** Removes the suffix of the variant: `x.rs.compact.wasm` → `x.rs`. */
export function stemOf(name: string): string {
  const suffix = suffixOf(name)?.[0] ?? '';
  return name.slice(0, name.length - suffix.length);
}

/** A name that is only a suffix counts as having none. */
function suffixOf(path: string) {
  return suffixes.find(([suffix]) => path.endsWith(suffix) && path !== suffix);
}
