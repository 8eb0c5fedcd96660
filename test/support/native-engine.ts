/**
 * The native helper to test with: the one that `PVF_TEST_ENGINE` names, else the one in the user's cache for these
 * sources.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { cacheFolder } from '../../src/base/cache-folder.ts';
import { findNativeEngine } from '../../src/toolchain/native-engine/place.ts';
import { skipBecause } from './skip.ts';

const engineFolder = path.join(import.meta.dirname, '../../engine');

type FoundEngine = { readonly program: string } | { readonly why: string };

async function nativeEngine(): Promise<FoundEngine> {
  const { env, platform, arch } = process;
  const named = env['PVF_TEST_ENGINE'];
  if (named !== undefined) return existsSync(named) ? { program: named } : { why: `PVF_TEST_ENGINE: no file ${named}` };
  const cache = cacheFolder({ platform, env, homeFolder: homedir() });
  const program = await findNativeEngine({ cacheFolder: cache, engineFolder, platform, arch });
  return program === undefined
    ? { why: `no native helper of these sources in ${cache} (\`pvf workers build --engine\` builds it)` }
    : { program };
}

/** Like `describe`. Without a helper the tests are skipped with the reason; with `CI=true` they fail. */
export function describeWithNativeEngine(title: string, body: (program: () => string) => void): void {
  describe(title, () => {
    let found: FoundEngine = { why: 'the search has not run yet' };
    before(async function () {
      found = await nativeEngine();
      if ('why' in found) skipBecause(this, found.why);
    });
    body(() => {
      if ('why' in found) throw new Error(found.why);
      return found.program;
    });
  });
}
