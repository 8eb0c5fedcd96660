import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { KnownWorkers, type WorkerFacts } from '../../../../src/worker/probe/known-workers.ts';
import { useTempFolder } from '../../runtime/temp-folder.ts';

const facts: WorkerFacts = {
  version: '1.25.1',
  revision: '26.0.0',
  security: {
    landlock: { available: true },
    seccomp: { available: false, reason: 'the kernel is too old' },
    changeRoot: { available: true },
    secureClone: { available: true },
  },
  identity: 'ab'.repeat(32),
};

describe('the record of a worker', () => {
  const folder = useTempFolder();
  const records = () => new KnownWorkers(folder.path('records'));

  it('is found for the same state of the file alone', async () => {
    await records().remember('worker 1', facts);
    assert.deepEqual(await records().recall('worker 1'), facts);
    assert.equal(await records().recall('worker 2'), undefined);
  });

  const { landlock: _, ...threeFeatures } = facts.security;
  const damaged: Readonly<Record<string, string>> = {
    'is empty': '',
    'is cut short': JSON.stringify(facts).slice(0, 40),
    'holds a null': 'null',
    'holds a list': '[]',
    'has no identity': JSON.stringify({ ...facts, identity: undefined }),
    'has a revision that nobody speaks': JSON.stringify({ ...facts, revision: '99.0.0' }),
    'lacks a sandbox feature': JSON.stringify({ ...facts, security: threeFeatures }),
    'has a feature without a reason': JSON.stringify({
      ...facts,
      security: { ...facts.security, landlock: { available: false } },
    }),
  };
  for (const [how, content] of Object.entries(damaged)) {
    it(`counts as none when it ${how}`, async () => {
      await records().remember('worker', facts);
      const [name = ''] = readdirSync(folder.path('records'));
      writeFileSync(folder.path(`records/${name}`), content);
      assert.equal(await records().recall('worker'), undefined);
    });
  }
});
