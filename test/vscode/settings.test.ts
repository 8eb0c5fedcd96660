import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Report } from '../../src/model/report.ts';
import { acceptedBlob } from './support/blobs.ts';
import { codeHash } from './support/code-hash.ts';
import { logText } from './support/log.ts';
import { usePrepared } from './support/prepared.ts';
import { useProject } from './support/project.ts';
import { set, useSettings } from './support/settings.ts';
import { SLOW_MS, until } from './support/until.ts';

/** Wrong types and values out of range. */
const invalid = { timeout: -5, memoryLimit: 'much', instances: 1000, profile: 7, budget: 8, onChange: 'sometimes' };

describe('the settings', function () {
  this.timeout(SLOW_MS);
  const project = useProject('settings-runtime');
  const prepared = usePrepared();

  describe('with invalid values', () => {
    let start = 0;
    // The views read a changed setting at once.
    before('note the end of the log', () => {
      start = logText().length;
    });
    useSettings(invalid);

    it('use the defaults and log one warning each', async () => {
      for (const mark of [1, 2]) {
        project.build(acceptedBlob(mark));
        await prepared.wait(project.blob, ({ runtime }) => runtime.codeHash === codeHash(acceptedBlob(mark)));
        await vscode.commands.executeCommand('pvf.prepare', { runtimeId: project.id });
      }
      const report = await vscode.commands.executeCommand<Report>('pvf.prepare', { runtimeId: project.id });
      assert.equal(report.vote, 'accept', report.conclusion.reason);
      assert.equal(report.job?.prepTimeoutMs, 60_000);
      for (const key of Object.keys(invalid)) {
        const lines = () =>
          logText()
            .slice(start)
            .split('\n')
            .filter((line) => line.includes(`[warning] pvf.${key} can't be`));
        await until(`a warning about pvf.${key}`, lines, ({ length }) => length > 0);
        assert.equal(lines().length, 1, key);
      }
    });
  });

  describe('with an absent worker', () => {
    useSettings({ worker: '/nowhere/prepare-worker', onChange: 'off' });

    it('lead to an undecided verdict', async () => {
      const report = await vscode.commands.executeCommand<Report>('pvf.prepare', { runtimeId: project.id });
      assert.equal(report.vote, 'undecided');
      assert.match(report.conclusion.reason, /nowhere/);
    });
  });

  describe('with valid values', () => {
    useSettings({ onChange: 'off' });

    it('apply to the next check', async () => {
      await set('timeout', 12.5);
      try {
        const report = await vscode.commands.executeCommand<Report>('pvf.prepare', { runtimeId: project.id });
        assert.equal(report.job?.prepTimeoutMs, 12_500);
      } finally {
        await set('timeout', undefined);
      }
    });
  });
});
