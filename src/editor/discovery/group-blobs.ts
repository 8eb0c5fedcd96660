/** Turns the blobs of one folder into runtimes: one per stem, each with the variant that would be registered in front. */
import { join } from 'node:path';
import type { BuildVariant } from '../../model/build-variant.ts';
import type { BlobFile, Runtime } from '../model.ts';
import type { FoundBlob } from './blob-files.ts';

/** What is known of all runtimes of a folder. */
export type RuntimeOrigin = Pick<Runtime, 'workspaceFolder' | 'profile' | 'manifestPath' | 'crateName'>;

const RANK: Readonly<Record<BuildVariant, number>> = { compressed: 0, compact: 1, bloaty: 2 };

/**
 * All files of one build step have the same time, that of its start (wasm-builder sets it back). Anything more is another
 * step; this much is for file systems that round.
 */
const SAME_STEP_MS = 2000;

export function groupBlobs(folder: string, blobs: readonly FoundBlob[], origin: RuntimeOrigin): readonly Runtime[] {
  const stems = new Set(blobs.map(({ stem }) => stem));
  return [...stems].flatMap((stem) => {
    const files = blobs.filter((blob) => blob.stem === stem).map(({ file }) => file);
    const [blob, ...others] = files.sort(byPreference);
    if (!blob) return [];
    const stale = newerThan(blob, others);
    const name = nameOf(stem, stems.size, origin.crateName);
    return [{ id: join(folder, stem), name, ...origin, blob, others, ...(stale && { stale: { newer: stale } }) }];
  });
}

/** By variant; two of one variant (a copy in a folder of the person's own): the newer one, then the longer name. */
function byPreference(a: BlobFile, b: BlobFile): number {
  return RANK[a.variant] - RANK[b.variant] || b.modifiedMs - a.modifiedMs || b.path.length - a.path.length;
}

/**
 * `WASM_BUILD_TYPE=debug cargo build --release` writes the bloaty file only and leaves the other two of an earlier build
 * beside it (substrate-wasm-builder, wasm_project.rs).
 */
function newerThan(blob: BlobFile, others: readonly BlobFile[]): BlobFile | undefined {
  const [newest] = [...others].sort((a, b) => b.modifiedMs - a.modifiedMs);
  return newest && newest.modifiedMs - blob.modifiedMs > SAME_STEP_MS ? newest : undefined;
}

/** A crate that calls the builder several times has a blob of its own name and others: `crate (fast_runtime_binary)`. */
function nameOf(stem: string, stems: number, crateName: string | undefined): string {
  if (crateName === undefined) return stem;
  const isOwn = stems === 1 || stem === crateName.replaceAll('-', '_');
  return isOwn ? crateName : `${crateName} (${stem.replace(/\.rs$/, '')})`;
}
