/** `npm run bench`: figures and ratios of one run on one machine. */
import { existsSync } from 'node:fs';
import { cpus, homedir, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../src/base/cache-folder.ts';
import { errorMessage } from '../../src/base/errors.ts';
import { ExitGuard } from '../../src/base/exit-guard.ts';
import { silentLog } from '../../src/base/log.ts';
import { chooseWorker } from '../../src/check/choose-worker.ts';
import { findNativeEngine } from '../../src/toolchain/native-engine/find-engine.ts';
import { openHostDirectories } from '../../src/worker/host/host-directories.ts';
import { findOfficialWorker } from '../../test/support/official-worker.ts';
import { benchEditor } from './editor/editor-bench.ts';
import { benchEngine } from './engine/engine-bench.ts';
import { benchHost } from './host-bench.ts';

const REAL_RUNTIME = 'interlay-kintsugi-1020000.compact.compressed.wasm';

const parts = ['host', 'engine', 'editor'] as const;
type Part = (typeof parts)[number];

/** All of them, unless one is named. */
function wantedParts([named, ...more]: readonly string[]): readonly Part[] {
  if (named === undefined) return parts;
  const part = parts.find((one) => one === named);
  if (part === undefined || more.length > 0) throw new Error(`npm run bench -- ${parts.join('|')}; without one: all`);
  return [part];
}

async function main(): Promise<void> {
  const wanted = wantedParts(process.argv.slice(2));
  const root = fileURLToPath(new URL('../..', import.meta.url));
  using guard = new ExitGuard();
  const { model = 'unknown CPU' } = cpus()[0] ?? {};
  console.log(`${cpus().length} × ${model}, Node ${process.version}, load ${load()}`);
  const corpus = process.env['PVF_CORPUS'] ?? `${root}../shared/corpus`;
  if (wanted.includes('host') || wanted.includes('engine')) await benchWorkers(wanted, root, corpus, guard);
  if (wanted.includes('editor')) {
    const worker = findOfficialWorker();
    console.log('\nThe extension\n');
    await benchEditor({
      corpus,
      official: 'program' in worker ? worker.program : undefined,
      guard,
      tell: (line) => process.stderr.write(`${line}\n`),
      print: (text) => console.log(text),
    });
  }
  console.log(`\nload at the end ${load()}`);
}

const load = () => loadavg()[0]?.toFixed(2) ?? 'unknown';

async function benchWorkers(wanted: readonly Part[], root: string, corpus: string, guard: ExitGuard): Promise<void> {
  const surroundings = { platform: process.platform, env: process.env, homeFolder: homedir() };
  const cache = cacheFolder(surroundings);
  await using directories = await openHostDirectories(cache, guard, silentLog);
  const search = {
    ...surroundings,
    workspaceFolders: [],
    trustWorkspace: false,
    cwd: root,
    cacheFolder: cache,
    packageFolder: root,
  };
  const named = process.env['PVF_TEST_WORKER'];
  const { known, scratch } = directories;
  const builtIn = {
    packageFolder: root,
    packageVersion: 'bench',
    storeFolder: `${cache}/functions`,
    instances: 'auto' as const,
  };
  const choice = await chooseWorker(
    named === undefined ? search : { ...search, wanted: named },
    { known, scratch, spawnTimeoutMs: 10_000, log: silentLog, guard, builtIn },
    new AbortController().signal,
  );
  if (choice.kind === 'none')
    throw new Error('no prepare worker was found; `node dist/cli.cjs workers build` builds one');
  console.log(`${choice.worker.kind} worker ${choice.worker.version}\n`);
  if (wanted.includes('host')) {
    const realRuntime = `${corpus}/${REAL_RUNTIME}`;
    const real = existsSync(realRuntime) ? realRuntime : undefined;
    console.log(await benchHost({ worker: choice.worker, directories, realRuntime: real }));
  }
  if (!wanted.includes('engine')) return;
  const { platform, arch } = process;
  console.log('\nThe built-in worker; ratios are to the official worker of the same run\n');
  console.log(
    await benchEngine({
      packageFolder: root,
      scratch,
      corpus,
      official: choice.worker.kind === 'official' ? choice.worker : undefined,
      nativeEngine: await findNativeEngine({ cacheFolder: cache, engineFolder: `${root}engine`, platform, arch }),
      setting: { directories, spawnTimeoutMs: 10_000, guard },
    }),
  );
}

await main().catch((error: unknown) => {
  process.stderr.write(`${errorMessage(error)}\n`);
  process.exitCode = 1;
});
