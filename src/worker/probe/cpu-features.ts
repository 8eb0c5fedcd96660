import { readFile } from 'node:fs/promises';
import { arch, cpus } from 'node:os';

/** Besides the worker, the bytes of an artifact depend on the CPU: its feature flags on Linux, elsewhere its model. */
export async function cpuFeatures(): Promise<string> {
  const info = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  const flags = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(info)?.[1];
  return `${arch()} ${flags ?? cpus()[0]?.model ?? 'unknown'}`;
}
