import assert from 'node:assert/strict';
import { serverRigProblem } from '../../../scripts/vscode-rig/server-rig.ts';
import { skipBecause } from '../../support/skip.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';

/** Includes the installation of the rig. */
const OPEN_MS = 15 * 60_000;

/**
 * Call it in a `describe`. Provides one workbench for all tests. Skips the tests with a reason if that is impossible; with
 * `CI=true` they fail. Keeps the screen and the logs of a failed test.
 * @param options called when the workbench opens, so that an earlier `before` can prepare the inputs
 */
export function useWorkbench(
  options: () => WorkbenchOptions | Promise<WorkbenchOptions> = () => ({}),
): () => Workbench {
  let opened: Workbench | undefined;
  before('open a workbench', async function () {
    const problem = serverRigProblem();
    if (problem !== undefined) skipBecause(this, problem);
    this.timeout(OPEN_MS);
    opened = await openWorkbench(await options());
  });
  afterEach('keep the evidence of a failure', async function () {
    if (this.currentTest?.state !== 'failed' || opened === undefined) return;
    process.stderr.write(`      saved in ${await opened.keepEvidence()}\n`);
  });
  after('close the workbench', async function () {
    this.timeout(60_000);
    await opened?.[Symbol.asyncDispose]();
  });
  return () => {
    assert.ok(opened, 'the workbench is open only in tests and hooks');
    return opened;
  };
}
