import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type HostRunOptions, runInHost } from '../../vscode-rig/in-host.ts';

/** Runs the suite of a folder beside this file in an extension host, and returns the figures that it tells. */
export async function figuresOf<T>(suite: string, options: Omit<HostRunOptions, 'suite'>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pvf-bench-'));
  try {
    const file = path.join(folder, 'figures.json');
    const env = { ...options.env, PVF_BENCH_FIGURES: file };
    const { failures } = await runInHost({ ...options, suite: path.join(import.meta.dirname, suite), env });
    const [failure] = failures;
    if (failure !== undefined) throw new Error(`${failure.title}: ${failure.message}`);
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
