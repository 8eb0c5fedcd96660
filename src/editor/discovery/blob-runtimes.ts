/** Creates runtimes from the blobs of a folder, or from a file that the user picked. */
import { basename, join } from 'node:path';
import type { BuildVariant } from '../../model/build-variant.ts';
import { stemOf } from '../../runtime/build-variant.ts';
import { inputState } from '../../runtime/read-file.ts';
import { Disk } from '../../runtime/sources/disk.ts';
import { type BlobFile, inputPathOf, type Runtime } from '../model.ts';
import { type FoundBlob, HEAD_BYTES, variantOf } from './blob-files.ts';

/** The properties that all runtimes of a folder share. */
export type RuntimeOrigin = Pick<
  Runtime,
  'workspaceFolder' | 'profile' | 'build' | 'manifestPath' | 'crateName' | 'format'
>;

/** The lowest rank is preferred. */
const RANK: Readonly<Record<BuildVariant, number>> = { compressed: 0, compact: 1, bloaty: 2 };

/**
 * At the end of a build step, wasm-builder gives the bloaty file and the one to register the time of the step's start
 * (`adjust_mtime` in wasm_project.rs). A larger difference means another step. A smaller one comes from file systems that
 * round times.
 */
const SAME_STEP_MS = 2000;

/** One runtime per stem, each with the variant to register as its blob. */
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

/**
 * A file that the user picked. It may have any content: the check reports whether it is a runtime. The `id` is the path
 * itself, so that it differs from the id of a runtime that was found at the same place. Each code of a chain spec is a
 * runtime of its own.
 * @param substituteBlock the key of a code substitute in a chain spec
 * @throws InputError when the file does not exist or can't be accessed
 */
export async function readPicked(path: string, substituteBlock?: string): Promise<Runtime> {
  const state = await inputState(path);
  const name = basename(path);
  const head = await new Disk().head(path, HEAD_BYTES);
  const variant = (head && variantOf(name, head)) ?? 'bloaty';
  const blob = { path, variant, ...state };
  if (substituteBlock === undefined) return { id: path, name: stemOf(name), blob, others: [] };
  const id = inputPathOf({ blob, substituteBlock });
  return { id, name: `${stemOf(name)}#${substituteBlock}`, substituteBlock, blob, others: [] };
}

/** Sorts by variant. For two files of one variant (such as a copy), the newer one first, then the longer name. */
function byPreference(a: BlobFile, b: BlobFile): number {
  return RANK[a.variant] - RANK[b.variant] || b.modifiedMs - a.modifiedMs || b.path.length - a.path.length;
}

/**
 * The bloaty file, if it belongs to a later build step. `WASM_BUILD_TYPE=debug cargo build --release` writes only that file and
 * leaves the other two from an earlier build (substrate-wasm-builder, wasm_project.rs). The time of the compact file says
 * nothing: it stays that of its writing, which is minutes after the start of the step.
 */
function newerThan(blob: BlobFile, others: readonly BlobFile[]): BlobFile | undefined {
  return others.find(({ variant, modifiedMs }) => variant === 'bloaty' && modifiedMs - blob.modifiedMs > SAME_STEP_MS);
}

/** A crate that calls the builder several times has additional blobs with other names, such as `fast_runtime_binary`. */
function nameOf(stem: string, stems: number, crateName: string | undefined): string {
  if (crateName === undefined) return stem;
  const isOwn = stems === 1 || stem === crateName.replaceAll('-', '_');
  return isOwn ? crateName : `${crateName} (${stem.replace(/\.rs$/, '')})`;
}
