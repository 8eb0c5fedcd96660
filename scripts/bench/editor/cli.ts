/** The CLI's times for the same blobs, to compare with. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Wall-clock milliseconds of each run, one after the other. The cache folder is empty at first. */
export async function cliTimes(root: string, worker: string, blobs: readonly Uint8Array[]): Promise<number[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pvf-bench-cli-'));
  try {
    const env = { ...process.env, PVF_CACHE_DIR: path.join(folder, 'cache') };
    const file = path.join(folder, 'runtime.wasm');
    return blobs.map((blob) => {
      writeFileSync(file, blob);
      const args = [path.join(root, 'dist/cli.cjs'), 'prepare', file, '--worker', worker, '--json', '--no-progress'];
      const before = performance.now();
      const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
      if (status !== 0) throw new Error(`the CLI ended with status ${status}: ${stderr}`);
      return performance.now() - before;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
