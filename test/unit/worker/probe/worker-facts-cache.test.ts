import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { type CachedFacts, WorkerFactsCache } from '../../../../src/worker/probe/worker-facts-cache.ts';
import { useTempFolder } from '../../runtime/temp-folder.ts';

const facts: CachedFacts = {
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

describe('WorkerFactsCache', () => {
  const folder = useTempFolder();
  const cache = () => new WorkerFactsCache(folder.path('records'));

  it('returns facts only for the same state of the file', async () => {
    await cache().write('worker 1', facts);
    assert.deepEqual(await cache().read('worker 1'), facts);
    assert.equal(await cache().read('worker 2'), undefined);
  });

  const { landlock: _, ...threeFeatures } = facts.security;
  const damaged: Readonly<Record<string, string>> = {
    'is empty': '',
    'is cut short': JSON.stringify(facts).slice(0, 40),
    'holds a null': 'null',
    'holds a list': '[]',
    'has no identity': JSON.stringify({ ...facts, identity: undefined }),
    'has an unknown revision': JSON.stringify({ ...facts, revision: '99.0.0' }),
    'lacks a sandbox feature': JSON.stringify({ ...facts, security: threeFeatures }),
    'has a feature without a reason': JSON.stringify({
      ...facts,
      security: { ...facts.security, landlock: { available: false } },
    }),
  };
  for (const [how, content] of Object.entries(damaged)) {
    it(`ignores a record that ${how}`, async () => {
      await cache().write('worker', facts);
      const [name = ''] = readdirSync(folder.path('records'));
      writeFileSync(folder.path(`records/${name}`), content);
      assert.equal(await cache().read('worker'), undefined);
    });
  }
});
