import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Report } from '../../src/model/report.ts';
import { activated } from './support/activated.ts';
import { acceptedBlob } from './support/blobs.ts';
import { usePrepared } from './support/prepared.ts';
import { useProject } from './support/project.ts';
import { set, useSettings } from './support/settings.ts';
import { SLOW_MS } from './support/until.ts';

describe('a prepared blob', function () {
  this.timeout(SLOW_MS);
  useSettings();
  const project = useProject('known-runtime');
  const prepared = usePrepared();
  const prepare = async (): Promise<Report> => (await activated()).prepare(vscode.Uri.file(project.blob));

  it('gets its cached report, which fires onDidPrepare', async () => {
    project.build(acceptedBlob());
    await prepared.wait(project.blob);
    const [first, second] = [await prepare(), await prepare()];
    assert.deepEqual(second, first);
    assert.equal(prepared.of(project.blob).filter(({ createdAt }) => createdAt === first.createdAt).length, 3);
  });

  it('is checked against changed limits without another preparation', async () => {
    const before = await prepare();
    await set('profile', 'relay-5mib');
    try {
      const after = await prepared.wait(project.blob, ({ limits }) => limits.profile === 'relay-5mib');
      const limitOf = ({ limits }: Report) => limits.items.find(({ id }) => id === 'code-size')?.limit;
      assert.deepEqual([limitOf(before), limitOf(after)], [3 * 1024 ** 2, 5 * 1024 ** 2]);
      // A new measurement would differ.
      assert.deepEqual(after.stats?.cpuTimeMs, before.stats?.cpuTimeMs);
    } finally {
      await set('profile', undefined);
    }
    await prepared.wait(project.blob, ({ limits }) => limits.profile === before.limits.profile);
  });
});
