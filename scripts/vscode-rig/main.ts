/**
 * Runs test/vscode in a real VS Code, or only installs one. Writes the results to the file that `PVF_TEST_RESULTS`
 * names, for scripts/test.mjs. Exit status: 0 when no test failed.
 */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { errorMessage } from '../../src/base/errors.ts';
import { ExitGuard } from '../../src/base/exit-guard.ts';
import { findOfficialWorker } from '../../test/support/official-worker.ts';
import { chooseRig, evidence } from './choose-rig.ts';
import { electronRigProblem } from './electron-rig.ts';
import { root } from './folders.ts';
import { type HostRun, notRun } from './host-run.ts';
import { runInHost } from './in-host.ts';
import { parseCommand, type RigCommand } from './options.ts';
import { packedExtension } from './packed-extension.ts';
import { provision } from './provision.ts';
import { serverRigProblem } from './server-rig.ts';

const print = (line: string) => console.log(line);

async function main(): Promise<void> {
  const command = parseCommand(process.argv.slice(2));
  using guard = new ExitGuard();
  for (const [signal, status] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
    process.once(signal, () => process.exit(status));
  }
  if (command.kind === 'provision') {
    for (const rig of command.rigs) print(`${rig.name}: ${(await provision(rig, guard, print)).serverMain}`);
    return;
  }
  finish(await test(command, guard));
}

async function test(command: Extract<RigCommand, { kind: 'test' }>, guard: ExitGuard): Promise<HostRun> {
  const { kind, why } = await chooseRig(evidence);
  print(`Rig: ${kind} (${why}). Set TEST_VSCODE_RIG to electron or server to choose.`);
  const problem = kind === 'electron' ? electronRigProblem() : serverRigProblem();
  if (problem !== undefined) return notRun(problem, process.env['CI'] === 'true');
  const vsix = await packedExtension(guard);
  const worker = findOfficialWorker();
  const { rig, grep, timeoutMs, suite = path.join(root, 'test/vscode') } = command;
  const workspace = command.workspace ?? path.join(suite, 'workspace');
  return runInHost({
    rig,
    kind,
    vsix,
    suite: path.resolve(suite),
    env: {
      // The suite has a cache folder of its own, without a worker.
      ...('program' in worker ? { PVF_TEST_WORKER: worker.program } : {}),
      ...pathWith(path.resolve(suite, 'programs')),
    },
    ...(existsSync(workspace) ? { workspace: path.resolve(workspace) } : {}),
    ...(grep === undefined ? {} : { grep }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    guard,
    print,
  });
}

/** The suite's fake programs come first on PATH. */
function pathWith(programs: string): { PATH?: string } {
  return existsSync(programs) ? { PATH: `${programs}${path.delimiter}${process.env['PATH']}` } : {};
}

function finish(run: HostRun): void {
  const { passed, failed, skipped, failures, skips } = run;
  for (const { title, message } of failures) print(`Failed: ${title}: ${message.split('\n')[0]}`);
  for (const { title, reason } of skips) print(`Skipped: ${title}: ${reason}`);
  print(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  const { PVF_TEST_RESULTS: file } = process.env;
  if (file !== undefined) writeFileSync(file, JSON.stringify(run));
  process.exitCode = failed === 0 ? 0 : 1;
}

await main().catch((error: unknown) => {
  finish({
    ...notRun('', false),
    skipped: 0,
    skips: [],
    failed: 1,
    failures: [{ title: 'the rig', message: errorMessage(error) }],
  });
});
