/** `npm run bench`: prints figures and ratios of one run on one machine. */
import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { errorMessage } from '../../src/base/errors.ts';
import { ExitGuard } from '../../src/base/exit-guard.ts';
import { silentLog } from '../../src/base/log.ts';
import { processEnvironment } from '../../src/check/check-environment.ts';
import type { WorkerSettings } from '../../src/check/check-settings.ts';
import { CheckSession } from '../../src/check/session.ts';
import { builtInOptions, spawnTimeoutMs } from '../../src/check/worker-search.ts';
import { findOfficialWorker } from '../../test/support/official-worker.ts';
import { benchChain } from './chain-bench.ts';
import { benchCorpus } from './corpus-bench.ts';
import { benchEditor } from './editor/editor-bench.ts';
import { benchCosts } from './engine/costs-bench.ts';
import { benchEngine } from './engine/engine-bench.ts';
import { benchHost } from './host-bench.ts';
import { benchSizes } from './sizes-bench.ts';

const REAL_RUNTIME = 'interlay-kintsugi-1020000.compact.compressed.wasm';

const parts = ['host', 'engine', 'costs', 'sizes', 'editor'] as const;
/** They prepare every runtime of the corpus, which takes minutes. So they run only when the command line names them. */
const namedOnly = ['corpus', 'chain'] as const;
const allParts = [...parts, ...namedOnly];
type Part = (typeof allParts)[number];

/** The part that the command line names, or all that are quick. */
function wantedParts([named, ...more]: readonly string[]): readonly Part[] {
  if (named === undefined) return parts;
  const part = allParts.find((one) => one === named);
  if (part === undefined || more.length > 0) throw new Error(`usage: npm run bench -- [${allParts.join('|')}]`);
  return [part];
}

async function main(): Promise<void> {
  const wanted = wantedParts(process.argv.slice(2));
  const root = path.join(import.meta.dirname, '../..');
  using guard = new ExitGuard();
  const { model = 'unknown CPU' } = cpus()[0] ?? {};
  console.log(`${cpus().length} × ${model}, Node ${process.version}, load ${load()}`);
  const corpus = process.env['PVF_CORPUS'] ?? path.join(root, '../shared/corpus');
  if (wanted.some((part) => !['editor', 'sizes', 'chain'].includes(part)))
    await benchWorkers(wanted, root, corpus, guard);
  if (wanted.includes('sizes')) {
    console.log('\nSizes\n');
    console.log(await benchSizes(root, corpus));
  }
  if (wanted.includes('chain')) {
    console.log('\nA whole relay chain with the built-in worker\n');
    console.log(await benchChain({ root, corpus, log: (line) => process.stderr.write(`${line}\n`) }));
  }
  if (wanted.includes('editor')) {
    const worker = findOfficialWorker();
    console.log('\nThe extension\n');
    await benchEditor({
      corpus,
      official: 'program' in worker ? worker.program : undefined,
      guard,
      log: (line) => process.stderr.write(`${line}\n`),
      print: (text) => console.log(text),
    });
  }
  console.log(`\nload at the end ${load()}`);
}

const load = () => loadavg()[0]?.toFixed(2) ?? 'unknown';

async function benchWorkers(wanted: readonly Part[], root: string, corpus: string, guard: ExitGuard): Promise<void> {
  const own = { root, name: 'polkadot-pvf', version: 'bench' };
  const environment = processEnvironment({ package: own, cwd: root, log: silentLog, guard });
  await using session = new CheckSession(environment);
  const worker = process.env['PVF_TEST_WORKER'];
  const settings: WorkerSettings = {
    ...(worker === undefined ? {} : { worker }),
    instances: 'auto',
    workspaceFolders: [],
    trustWorkspace: false,
    verbose: false,
  };
  const choice = await session.chooseWorker(settings);
  if (choice.kind === 'none')
    throw new Error('No prepare worker was found. `node dist/cli.cjs workers build` builds one.');
  console.log(`${choice.worker.kind} worker ${choice.worker.version}\n`);
  const setting = { directories: await session.directories(), spawnTimeoutMs, guard };
  if (wanted.includes('corpus')) {
    const log = (line: string) => process.stderr.write(`${line}\n`);
    console.log(await benchCorpus({ corpus, session, log }));
  }
  if (wanted.includes('host')) {
    const realRuntime = path.join(corpus, REAL_RUNTIME);
    const real = existsSync(realRuntime) ? realRuntime : undefined;
    console.log(await benchHost({ ...setting, worker: choice.worker, realRuntime: real }));
  }
  const official = choice.worker.kind === 'official' ? choice.worker : undefined;
  const { nativeEngine } = await builtInOptions(settings, environment);
  const bench = { packageFolder: root, scratch: setting.directories.scratch, corpus, official, nativeEngine, setting };
  if (wanted.includes('engine')) {
    console.log('\nThe built-in worker; ratios are to the official worker of the same run\n');
    console.log(await benchEngine(bench));
  }
  if (!wanted.includes('costs')) return;
  console.log('\nPreparation with --costs; ratios are to the same without, medians of one run\n');
  console.log(await benchCosts(bench));
}

await main().catch((error: unknown) => {
  process.stderr.write(`${errorMessage(error)}\n`);
  process.exitCode = 1;
});
