/** `npm run bench`: figures and ratios of one run on one machine. */
import { existsSync } from 'node:fs';
import { cpus, homedir, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../src/base/cache-folder.ts';
import { ExitGuard } from '../../src/base/exit-guard.ts';
import { silentLog } from '../../src/base/log.ts';
import { chooseWorker } from '../../src/check/choose-worker.ts';
import { findNativeEngine } from '../../src/worker/engine-build/find-engine.ts';
import { openWorkplace } from '../../src/worker/host/workplace.ts';
import { benchEngine } from './engine/engine-bench.ts';
import { benchHost } from './host-bench.ts';

const REAL_RUNTIME = 'interlay-kintsugi-1020000.compact.compressed.wasm';

async function main(): Promise<void> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const surroundings = { platform: process.platform, env: process.env, homeFolder: homedir() };
  const cache = cacheFolder(surroundings);
  using guard = new ExitGuard();
  await using workplace = await openWorkplace(cache, guard, silentLog);
  const search = {
    ...surroundings,
    workspaceFolders: [],
    trustWorkspace: false,
    cwd: root,
    cacheFolder: cache,
    packageFolder: root,
  };
  const wanted = process.env['PVF_TEST_WORKER'];
  const { known, scratch } = workplace;
  const builtIn = {
    packageFolder: root,
    packageVersion: 'bench',
    storeFolder: `${cache}/functions`,
    instances: 'auto' as const,
  };
  const choice = await chooseWorker(
    wanted === undefined ? search : { ...search, wanted },
    { known, scratch, spawnTimeoutMs: 10_000, log: silentLog, guard, builtIn },
    new AbortController().signal,
  );
  if (choice.kind === 'none')
    throw new Error('no prepare worker was found; `node dist/cli.cjs workers build` builds one');
  const { model = 'unknown CPU' } = cpus()[0] ?? {};
  console.log(`${cpus().length} × ${model}, Node ${process.version}, load ${loadavg()[0]?.toFixed(2)}`);
  console.log(`${choice.worker.kind} worker ${choice.worker.version}\n`);
  const corpus = process.env['PVF_CORPUS'] ?? `${root}../shared/corpus`;
  const realRuntime = `${corpus}/${REAL_RUNTIME}`;
  console.log(
    await benchHost({
      worker: choice.worker,
      workplace,
      realRuntime: existsSync(realRuntime) ? realRuntime : undefined,
    }),
  );
  const { platform, arch } = process;
  console.log('\nThe built-in worker; ratios are to the official worker of the same run\n');
  console.log(
    await benchEngine({
      packageFolder: root,
      scratch,
      corpus,
      official: choice.worker.kind === 'official' ? choice.worker : undefined,
      nativeEngine: await findNativeEngine({ cacheFolder: cache, engineFolder: `${root}engine`, platform, arch }),
      setting: { workplace, spawnTimeoutMs: 10_000, guard },
    }),
  );
}

await main();
