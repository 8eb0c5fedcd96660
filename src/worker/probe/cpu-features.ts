import { readFile } from 'node:fs/promises';
import { arch, cpus } from 'node:os';

/** What an artifact's bytes depend on beside the worker: the CPU's own feature flags on Linux, else its model. */
export async function cpuFeatures(): Promise<string> {
  const info = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  const flags = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(info)?.[1];
  return `${arch()} ${flags ?? cpus()[0]?.model ?? 'unknown'}`;
}
