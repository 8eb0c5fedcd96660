/** A workspace with shell-2 as its runtime's blob, and the next builds of it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decompress } from '../../../../src/runtime/compression.ts';
import { withChangedFunction } from '../../engine/edits.ts';

const BOMB_LIMIT = 50 * 1024 * 1024;
const BLOB = 'target/release/wbuild/shell-runtime/shell_runtime.compact.compressed.wasm';

export function blobIn(workspace: string): string {
  return path.join(workspace, BLOB);
}

export function makeWorkspace(folder: string, blob: Uint8Array): void {
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'Cargo.toml': '[workspace]\nmembers = ["runtime"]\n',
    'runtime/Cargo.toml': '[package]\nname = "shell-runtime"\nversion = "1.0.0"\n',
    [BLOB]: blob,
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
}

/** Each with another function in the middle than the one before; all others are as they were. */
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
