/** twiggy, the code size profiler of the Rust and WebAssembly working group, to compare with. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { cacheFolder } from '../../src/base/cache-folder.ts';

const VERSION = '0.7.0';

/** The program, built with cargo on first use. Throws when the build fails. */
export function twiggy(): string {
  const folder = path.join(
    cacheFolder({ platform: process.platform, env: process.env, homeFolder: homedir() }),
    `twiggy-${VERSION}`,
  );
  const program = path.join(folder, 'bin', process.platform === 'win32' ? 'twiggy.exe' : 'twiggy');
  if (!existsSync(program)) {
    const args = ['install', 'twiggy', '--version', VERSION, '--locked', '--root', folder];
    const { status } = spawnSync('cargo', args, { stdio: ['ignore', 'inherit', 'inherit'] });
    if (status !== 0) throw new Error(`cargo install twiggy ended with status ${status}`);
  }
  return program;
}

/** The sum of all that twiggy lists. */
export function twiggyTotal(program: string, module: string): number {
  const args = ['top', '-f', 'json', module];
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`twiggy ended with status ${status}`);
  const items = JSON.parse(stdout) as readonly { readonly shallow_size: number }[];
  return items.reduce((sum, { shallow_size: size }) => sum + size, 0);
}
