/**
 * The entry of the suite in an extension host (scripts/vscode-rig). Runs every bundled test file in this folder, and writes
 * the results to the file in `PVF_RIG_RESULTS`, or to `<file>.part` until all tests have run. Rejects if a test failed, so
 * that VS Code exits with an error.
 */
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { SuiteResults, TestResult } from '../../../scripts/vscode-rig/host-run.ts';

export async function run(): Promise<void> {
  const { PVF_RIG_RESULTS: file = '', PVF_RIG_GREP: grep } = process.env;
  // An ES module, which older extension hosts can't `require`.
  const { default: Mocha } = await import('mocha');
  // The process that started VS Code prints the results.
  class Quiet extends Mocha.reporters.Base {}
  const mocha = new Mocha({ timeout: 20_000, color: false, reporter: Quiet, ...(grep ? { grep } : {}) });
  const tests = path.join(__dirname, 'tests');
  for (const name of readdirSync(tests, { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.endsWith('.test.js')) mocha.addFile(path.join(tests, name));
  }
  const results: TestResult[] = [];
  const save = () => {
    const suite: SuiteResults = { host: { vscode: vscode.version, node: process.versions.node }, tests: results };
    writeFileSync(`${file}.part`, JSON.stringify(suite));
  };
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('test', (test) => writeFileSync(`${file}.running`, test.fullTitle()));
    runner.on('pass', (test) => results.push({ title: test.fullTitle(), state: 'passed', ...timeOf(test) }));
    runner.on('fail', (test, error) => {
      results.push({ title: test.fullTitle(), state: 'failed', text: stackOf(error), ...timeOf(test) });
    });
    runner.on('pending', (test) => results.push({ title: test.fullTitle(), state: 'skipped', ...reasonOf(test) }));
    runner.on('test end', save);
  });
  save();
  renameSync(`${file}.part`, file);
  if (failures > 0) throw new Error(`${failures} failed`);
}

function timeOf({ duration }: Mocha.Test): { ms?: number } {
  return duration === undefined ? {} : { ms: duration };
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** A hook that skips, skips its whole suite, so the reason may be on a parent (test/support/skip.ts). */
function reasonOf(test: Mocha.Test | Mocha.Suite): { text?: string } {
  if ('skipReason' in test && typeof test.skipReason === 'string') return { text: test.skipReason };
  return test.parent ? reasonOf(test.parent) : {};
}
