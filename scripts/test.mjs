// `npm test`: the gates, the bundles, the official worker, then every test. Arguments go to mocha (`npm test -- --grep x`).
// The last line alone tells the sum: `N passed, N failed`, and `, N skipped` when there are any.
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

/** In order. A step that is no test counts only when it fails. */
const steps = [
  { name: 'types', program: ['typescript', 'tsc'], args: ['--noEmit'], minutes: 30 },
  { name: 'format and lint', program: ['@biomejs/biome', 'biome'], args: ['check', '.'], minutes: 30 },
  { name: 'promises and imports', program: ['eslint', 'eslint'], args: ['.'], minutes: 30 },
  { name: 'bundles', args: ['esbuild.mjs'], minutes: 5 },
  { name: 'package', args: ['scripts/package.mjs', vsix], minutes: 5 },
  // Where it is not wanted, tests that need a worker and find none are skipped and say so.
  ...(wantsWorker ? [{ name: 'official worker', args: ['dist/cli.cjs', 'workers', 'build'], minutes: 90 }] : []),
  ...(wantsEngine
    ? [{ name: 'native helper', args: ['dist/cli.cjs', 'workers', 'build', '--engine'], minutes: 40 }]
    : []),
  { name: 'unit tests', tests: 'test/unit', minutes: 10 },
  { name: 'property tests', tests: 'test/property', minutes: 30 },
  { name: 'process tests', tests: 'test/process', minutes: 15 },
  { name: 'integration tests', tests: 'test/integration', minutes: 60 },
  { name: 'in a real VS Code, newest', tests: 'test/vscode', rig: 'newest', minutes: 30 },
  { name: 'in a real VS Code, floor', tests: 'test/vscode', rig: 'floor', minutes: 30 },
  { name: 'UI', tests: 'test/ui', minutes: 60 },
];

/** Time for a mocha whose tests are done to end by itself. */
const LINGER_MS = 20_000;

const sum = { passed: 0, failed: 0, skipped: 0 };
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
  // The results are written when the last test is done. A process that does not end then has something left open.
  const look = setInterval(() => {
    if (!existsSync(file)) return;
    clearInterval(look);
    setTimeout(() => lingering.abort('did not end after its last test: something is left open'), LINGER_MS).unref();
  }, 500);
  const env = { ...process.env, PVF_TEST_RESULTS: file, PVF_TEST_VSIX: vsix };
  const end = await node(args, minutes, { env, givenUp: lingering.signal });
  clearInterval(look);
  const found = resultsIn(file);
  for (const kind of Object.keys(sum)) sum[kind] += found[kind];
  failures.push(...found.failures.map((failure) => `${name}: ${failure.title}`));
  // It ended in a way that its own counts do not tell.
  if (end !== undefined && (found.failed === 0 || lingering.signal.aborted)) fail(`${name}: it ${end}`);
}

/** Mocha runs inside VS Code then, started by our own script, which knows one of mocha's options. */
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
  const { passed, failed, skipped } = sum;
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((failure) => `  ${failure}`).join('\n')}`);
  if (isCi && skipped > 0) console.log('\nWith CI=true nothing may be skipped.');
  const isGood = failed === 0 && passed > 0 && !(isCi && skipped > 0);
  process.exitCode = isGood ? 0 : 1;
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}

function title(name) {
  console.log(`\n== ${name}`);
}

function node(args, minutes, more) {
  return run(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], minutes, ...more });
}

/** The script of a package's program, which npx would take a second to find. */
function executable(name, program) {
  const folder = path.join(root, 'node_modules', name);
  const { bin } = createRequire(import.meta.url)(path.join(folder, 'package.json'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[program]);
}
