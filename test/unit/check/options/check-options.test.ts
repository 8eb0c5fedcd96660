import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import {
  applyOptions,
  type CheckOptionName,
  checkOptionNames,
  defaultSettings,
  optionRow,
} from '../../../../src/check/options/check-options.ts';
import { optionTable } from '../../../../src/cli/options.ts';
import { findRelease } from '../../../../src/polkadot/node-releases.ts';

const base = defaultSettings({ workspaceFolders: ['/w'], trustWorkspace: false, verbose: false });

interface Case {
  /** Texts of the flag that mean the same value. */
  readonly flag: string;
  /** The same value in JSON. */
  readonly json: unknown;
  readonly gives: object;
  /** Values in JSON that break the rule. */
  readonly bad: readonly unknown[];
}

const cases: Readonly<Record<CheckOptionName, Case>> = {
  worker: { flag: '/bin/w', json: '/bin/w', gives: { worker: '/bin/w' }, bad: ['', 3] },
  instances: { flag: '4', json: '4', gives: { instances: 4 }, bad: ['0', 'all', true] },
  wireRevision: { flag: '17.0.1', json: '17.0.1', gives: { wireRevision: '17.0.1' }, bad: ['1', 17] },
  profile: { flag: 'relay-5mib', json: 'relay-5mib', gives: { profile: 'relay-5mib' }, bad: ['', null] },
  rpc: { flag: 'wss://x', json: 'wss://x', gives: { rpc: 'wss://x' }, bad: ['http://x', 'x', 1] },
  para: { flag: '2034', json: 2034, gives: { para: 2034 }, bad: [-1, 1.5, '2034', 2 ** 32] },
  timeout: { flag: '1.5', json: 1.5, gives: { prepTimeoutMs: 1500 }, bad: [0, -1, 86_401, '1.5'] },
  memoryLimit: { flag: '1024', json: 1024, gives: { memoryLimit: 1024n }, bad: [0, 1.5, '1024', -1] },
  kind: { flag: 'compile', json: 'compile', gives: { kind: 'compile' }, bad: ['Compile', 1] },
  near: { flag: '72.5', json: 72.5, gives: { near: 0.725 }, bad: [0, 101, '80'] },
  budget: { flag: 'b.json', json: 'b.json', gives: { budget: 'b.json' }, bad: ['', []] },
  baseline: { flag: 'previous', json: 'previous', gives: { baseline: 'previous' }, bad: ['', {}] },
  baselineIs: { flag: 'chain', json: 'chain', gives: { baselineIs: 'chain' }, bad: ['node', false] },
  metadata: { flag: '', json: true, gives: { metadata: {} }, bad: ['yes', 1] },
  token: { flag: 'DOT:10', json: 'DOT:10', gives: {}, bad: ['DOT', 'DOT:x', 10] },
  allow: {
    flag: 'identical-code',
    json: ['identical-code'],
    gives: { allow: ['identical-code'] },
    bad: ['a', [1], ['']],
  },
  nodes: { flag: '1.19.0', json: '1.19.0', gives: { nodes: findRelease('1.19.0') }, bad: ['latest', 1.19] },
};

describe('the options of a check', () => {
  for (const name of checkOptionNames) {
    const { flag, json, gives, bad } = cases[name];
    const { value, flags } = optionRow(name);

    it(`${name} means the same as a flag and in JSON`, () => {
      assert.deepEqual(value.readText(flag), value.readJson(json));
      assert.deepEqual(applyOptions(base, { [name]: value.readJson(json) }), { ...base, ...gives });
      assert.equal(optionTable[name].flags, flags);
    });

    it(`${name} accepts in JSON what its schema accepts`, () => {
      const isValid = new Ajv2020({ allowUnionTypes: true }).compile(value.schema);
      assert.ok(isValid(json));
      for (const wrong of bad) assert.equal(value.readJson(wrong), undefined, JSON.stringify(wrong));
    });
  }

  it('apply the token wherever the metadata is read', () => {
    const token = { symbol: 'DOT', decimals: 10 };
    assert.deepEqual(applyOptions(base, { metadata: true, token }).metadata, { token });
    assert.equal(applyOptions(base, { metadata: false, token }).metadata, undefined);
  });
});
