/** Measures how a check loads the host's thread, and how long a blob takes that was prepared before. */
import assert from 'node:assert/strict';
import { copyFileSync, utimesSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { sleep } from '../../../../src/base/deadline.ts';
import type { CheckFigures } from '../figures.ts';
import { theExtension, wallOf, workspaceFolder, writeFigures } from '../in-host.ts';
import { watchThread } from './thread-watch.ts';

const IDLE_MS = 10_000;
const TIMES = 30;

describe('checks', function () {
  this.timeout(600_000);

  it('are measured', async () => {
    const { PVF_BENCH_RUNTIME: runtime } = process.env;
    assert.ok(runtime, 'PVF_BENCH_RUNTIME names no file');
    const settings = vscode.workspace.getConfiguration('pvf');
    await settings.update('worker', 'portable', vscode.ConfigurationTarget.Global);
    await settings.update('onChange', 'off', vscode.ConfigurationTarget.Global);
    const blob = path.join(workspaceFolder(), 'runtime.wasm');
    copyFileSync(runtime, blob);
    const uri = vscode.Uri.file(blob);
    const api = await theExtension().activate();
    await vscode.commands.executeCommand('pvf.refresh');
    const idle = await watchThread(() => sleep(IDLE_MS));
    const preparing = await watchThread(() => api.prepare(uri));
    const figures: CheckFigures = {
      idle,
      preparing,
      apiAgain: await again(blob, () => api.prepare(uri)),
      commandAgain: await again(blob, () => vscode.commands.executeCommand('pvf.prepare', uri)),
    };
    writeFigures(figures);
  });
});

/** The times of several calls. The file is touched before each: only its bytes stay the same. */
async function again(blob: string, check: () => PromiseLike<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < TIMES; n += 1) {
    const now = new Date();
    utimesSync(blob, now, now);
    times.push(await wallOf(check));
  }
  return times;
}
