/** A workspace with shell-2 as its runtime's blob, and the next builds of it. */
import { readFileSync } from 'node:fs';
import { decompress } from '../../../../src/runtime/compression.ts';
import { blobPath, writeRuntimeProject } from '../../../../test/support/runtime-project.ts';
import { withChangedFunction } from '../../engine/edits.ts';

const BOMB_LIMIT = 50 * 1024 * 1024;
const CRATE = 'shell-runtime';

export function blobIn(workspace: string): string {
  return blobPath(workspace, CRATE);
}

export function makeWorkspace(folder: string, compressed: Uint8Array): void {
  writeRuntimeProject(folder, [{ name: CRATE, folder: 'runtime', blobs: { compressed } }]);
}

/** Raw blobs. Each differs from the one before in a single function. */
export async function nextBuilds(file: string, count: number): Promise<Uint8Array[]> {
  const raw = await decompress(readFileSync(file), BOMB_LIMIT);
  if (raw.kind !== 'ok') throw new Error(`${file} can't be decompressed`);
  const builds: Uint8Array[] = [];
  for (let n = 0, { raw: last } = raw; n < count; n += 1) {
    last = withChangedFunction(last);
    builds.push(last);
  }
  return builds;
}
