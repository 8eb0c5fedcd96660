/** The committed blobs of examples/tally: real parachain runtimes that every clone has. */
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  type ExampleBlob,
  exampleCrate,
  exampleFolder,
  readManifest,
  sourceFiles,
} from '../../scripts/example/sources.ts';
import { type BuiltBlobs, type RuntimeCrate, writeBuild } from './runtime-project.ts';

/** A real runtime. Its sizes and code hash are those of the manifest. */
export interface RealRuntime extends ExampleBlob {
  readonly path: string;
  /** The bytes as stored, compressed. */
  stored(): Uint8Array;
}

const { plain, memo } = readManifest().blobs;

export const tally = realRuntime(plain);
/** The same runtime with one more pallet. */
export const tallyWithMemo = realRuntime(memo);

/** As reports call both runtimes. */
export const tallyTitle = 'tally 1000';

/** The crate of both runtimes. */
export const tallyCrate: RuntimeCrate = { name: exampleCrate, folder: 'runtime' };

/** Writes the workspace of examples/tally, and the output of a build. */
export function writeTallyProject(root: string, blobs: BuiltBlobs): void {
  for (const name of sourceFiles()) cpSync(path.join(exampleFolder, name), path.join(root, name));
  writeBuild(root, tallyCrate, blobs);
}

/** The blob with bytes in the middle of its zstd frame overwritten, so that it can't be decompressed. */
export function damagedTally(): Uint8Array {
  const bytes = tally.stored();
  const middle = bytes.length >> 1;
  return bytes.fill(0xff, middle, middle + 4096);
}

function realRuntime(blob: ExampleBlob): RealRuntime {
  const file = path.join(exampleFolder, blob.file);
  return { ...blob, path: file, stored: () => readFileSync(file) };
}
