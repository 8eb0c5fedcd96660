import type { ContainerKind } from '../model/report.ts';

/** Which of wasm-builder's three files a blob is: as linked, stripped by wasm-opt, or that compressed. */
export type BuildVariant = 'bloaty' | 'compact' | 'compressed';

/**
 * `undefined` where it can't be told: only wasm-builder's own folder (`wbuild`) says that a plain `.wasm` is the bloaty one.
 * Compressed content is the compressed variant under any name: `WASM_TARGET_DIRECTORY` makes a `<crate>.wasm` of it
 * (substrate-wasm-builder, wasm_project.rs).
 */
export function buildVariant(path: string, container: ContainerKind): BuildVariant | undefined {
  if (container === 'compressed-wasm') return 'compressed';
  if (container !== 'wasm' || path.endsWith('.compact.compressed.wasm')) return undefined;
  if (path.endsWith('.compact.wasm')) return 'compact';
  return /(^|[\\/])wbuild[\\/].*\.wasm$/.test(path) ? 'bloaty' : undefined;
}
