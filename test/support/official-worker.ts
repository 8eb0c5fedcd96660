/** Polkadot's own prepare worker to test with: the one that `PVF_TEST_WORKER` names, else one in the user's store. */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { cacheFolder } from '../../src/base/cache-folder.ts';
import { workerFileName } from '../../src/worker/locate/place.ts';
import { storeFolder } from '../../src/worker/locate/store-folder.ts';
import { skipBecause } from './skip.ts';

/** The path of the worker, or the reason why there is none. */
export type OfficialWorker = { readonly program: string } | { readonly why: string };

export function findOfficialWorker(): OfficialWorker {
  const { env, platform } = process;
  const named = env['PVF_TEST_WORKER'];
  if (named !== undefined) return existsSync(named) ? { program: named } : { why: `PVF_TEST_WORKER: no file ${named}` };
  const store = storeFolder(cacheFolder({ platform, env, homeFolder: homedir() }));
  const stored = (existsSync(store) ? readdirSync(store).sort() : [])
    .map((folder) => path.join(store, folder, workerFileName(platform)))
    .filter((program) => existsSync(program));
  const program = stored.at(-1);
  return program === undefined
    ? { why: `no official prepare worker in ${store} (PVF_TEST_WORKER may name one, \`pvf workers build\` builds one)` }
    : { program };
}

/** Like `describe`. Without a worker the tests are skipped with the reason; with `CI=true` they fail. */
export function describeWithOfficialWorker(title: string, body: (program: string) => void): void {
  const found = findOfficialWorker();
  if ('program' in found) {
    describe(title, () => body(found.program));
    return;
  }
  describe(title, () => {
    it('needs the official worker', function () {
      skipBecause(this, found.why);
    });
  });
}
