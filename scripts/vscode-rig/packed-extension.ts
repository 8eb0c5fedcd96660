import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ExitGuard } from '../../src/base/exit-guard.ts';
import { runProgram } from '../provision/run-program.ts';
import { root } from './folders.ts';

/** Returns the packed extension that `PVF_TEST_VSIX` names (`npm test` sets it), or packs the extension now. */
export async function packedExtension(guard: ExitGuard): Promise<string> {
  const { PVF_TEST_VSIX: named } = process.env;
  if (named !== undefined) {
    if (!existsSync(named)) throw new Error(`PVF_TEST_VSIX names a missing file: ${named}`);
    return path.resolve(named);
  }
  const file = path.join(root, 'out/polkadot-pvf.vsix');
  await mkdir(path.dirname(file), { recursive: true });
  await runProgram(process.execPath, ['scripts/package.mjs', file], { cwd: root, env: process.env, minutes: 5, guard });
  return file;
}
