// `npm test`: checks and builds, then runs every test. Arguments go to mocha (`npm test -- --grep x`).
// The last line has the totals: `N passed, N failed`, and `, N skipped` when there are any.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDeps, root } from './ensure-deps.mjs';
import { run } from './run.mjs';

const isCi = process.env.CI === 'true';
const wantsWorker = isCi || process.env.PVF_TEST_BUILD_WORKER === '1';
const results = mkdtempSync(path.join(tmpdir(), 'pvf-test-'));
const vsix = path.join(results, 'polkadot-pvf.vsix');
const wantsEngine = isCi || process.env.PVF_TEST_BUILD_ENGINE === '1';

/** Steps in order. A step without tests counts only when it fails. */
const steps = [
  { name: 'types', program: ['typescript', 'tsc'], args: ['--noEmit'], minutes: 30 },
  {
    name: 'types of the webviews',
    program: ['typescript', 'tsc'],
    args: ['--noEmit', '-p', 'src/webview'],
    minutes: 30,
  },
  { name: 'format and lint', program: ['@biomejs/biome', 'biome'], args: ['check', '.'], minutes: 30 },
  { name: 'promises and imports', program: ['eslint', 'eslint'], args: ['.'], minutes: 30 },
  { name: 'bundles', args: ['esbuild.mjs'], minutes: 5 },
  { name: 'package', args: ['scripts/package.mjs', vsix], minutes: 5 },
  // Without a worker or a helper, the tests that need one are skipped with the reason.
  ...(wantsWorker ? [{ name: 'official worker', args: ['dist/cli.cjs', 'workers', 'build'], minutes: 90 }] : []),
  ...(wantsEngine
    ? [{ name: 'native helper', args: ['dist/cli.cjs', 'workers', 'build', '--engine'], minutes: 40 }]
    : []),
  // The tests that need the rig install it themselves, but a time-out of theirs would hide what failed.
  ...(isCi ? [{ name: 'chain rig', args: ['--import', 'tsx', 'scripts/chain-rig/main.ts'], minutes: 20 }] : []),
  { name: 'unit tests', tests: 'test/unit', minutes: 10 },
  { name: 'property tests', tests: 'test/property', minutes: 30 },
  { name: 'process tests', tests: 'test/process', minutes: 30 },
  { name: 'integration tests', tests: 'test/integration', minutes: 60 },
  { name: 'in a real VS Code, newest', tests: 'test/vscode', rig: 'newest', minutes: 30 },
  { name: 'in a real VS Code, floor', tests: 'test/vscode', rig: 'floor', minutes: 30 },
  { name: 'UI', tests: 'test/ui', minutes: 60 },
];

/** How long mocha may take to exit after its last test. */
const LINGER_MS = 20_000;

/** `skippedInCi`: those of the skipped tests that CI may skip, too. */
const sum = { passed: 0, failed: 0, skipped: 0, skippedInCi: 0 };
const failures = [];
process.once('exit', () => rmSync(results, { recursive: true, force: true }));

try {
  await ensureDeps();
  for (const step of steps) await (step.tests ? runTests(step) : runGate(step));
} catch (error) {
  fail(error.message);
}
report();

async function runGate({ name, program, args, minutes }) {
  title(name);
  const end = await node([...(program ? [executable(...program)] : []), ...args], minutes);
  if (end !== undefined) fail(`${name} ${end}`);
}

async function runTests({ name, tests, rig, minutes }) {
  if (!readdirSync(path.join(root, tests), { recursive: true }).some((file) => file.endsWith('.test.ts'))) return;
  title(name);
  const file = path.join(results, `${name.replaceAll(/\W+/g, '-')}.json`);
  const args = rig ? inHost(rig) : [executable('mocha', 'mocha'), `${tests}/**/*.test.ts`, ...process.argv.slice(2)];
  const lingering = new AbortController();
  // Mocha writes the results after its last test. If it does not exit then, a test left something open.
  const look = setInterval(() => {
    if (!existsSync(file)) return;
    clearInterval(look);
    setTimeout(
      () => lingering.abort('did not exit after its last test: a test left something open'),
      LINGER_MS,
    ).unref();
  }, 500);
  const env = { ...process.env, PVF_TEST_RESULTS: file, PVF_TEST_VSIX: vsix };
  const end = await node(args, minutes, { env, givenUp: lingering.signal });
  clearInterval(look);
  const found = resultsIn(file);
  for (const kind of Object.keys(sum)) sum[kind] += found[kind] ?? 0;
  failures.push(...found.failures.map((failure) => `${name}: ${failure.title}`));
  // The counts do not explain how it ended.
  if (end !== undefined && (found.failed === 0 || lingering.signal.aborted)) fail(`${name}: ${end}`);
}

/** The rig runs mocha inside VS Code. It knows only mocha's `--grep`. */
function inHost(rig) {
  const { values } = parseArgs({ strict: false, options: { grep: { type: 'string', short: 'g' } } });
  const grep = typeof values.grep === 'string' ? ['--grep', values.grep] : [];
  return ['--import', 'tsx', 'scripts/vscode-rig/main.ts', 'test', '--rig', rig, ...grep];
}

function resultsIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0, failures: [] };
  }
}

function fail(message) {
  sum.failed += 1;
  failures.push(message);
}

function report() {
  const { passed, failed, skipped, skippedInCi } = sum;
  const isIncomplete = isCi && skipped > skippedInCi;
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((failure) => `  ${failure}`).join('\n')}`);
  if (isIncomplete) console.log('\nWith CI=true no test may be skipped, except one that says so.');
  const isGood = failed === 0 && passed > 0 && !isIncomplete;
  process.exitCode = isGood ? 0 : 1;
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}

function title(name) {
  console.log(`\n== ${name}`);
}

function node(args, minutes, more) {
  return run(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], minutes, ...more });
}

/** The script of a package's program. npx would take a second to find it. */
function executable(name, program) {
  const folder = path.join(root, 'node_modules', name);
  const { bin } = createRequire(import.meta.url)(path.join(folder, 'package.json'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[program]);
}
