import assert from 'node:assert/strict';
import { serverRigProblem } from '../../../scripts/vscode-rig/server-rig.ts';
import { skipBecause } from '../../support/skip.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';

/** Installing the rig is part of it when it was not there. */
const OPEN_MS = 15 * 60_000;

/**
 * In a `describe`: one workbench for all its tests. Where none can be had the tests are skipped and say why; with
 * `CI=true` they fail. Of a failed test the screen and the logs are kept.
 * @param options read when the workbench is opened, so that a `before` of the suite may prepare what they name
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
  afterEach('keep what went wrong', async function () {
    if (this.currentTest?.state !== 'failed' || opened === undefined) return;
    process.stderr.write(`      kept in ${await opened.keepEvidence()}\n`);
  });
  after('close the workbench', async function () {
    this.timeout(60_000);
    await opened?.[Symbol.asyncDispose]();
  });
  return () => {
    assert.ok(opened, 'the workbench is open only in tests and their hooks');
    return opened;
  };
}
