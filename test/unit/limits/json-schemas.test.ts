/** The JSON Schemas in media/ accept and reject the same files as the readers. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { GenericSchema } from 'valibot';
import { parseValue } from '../../../src/base/schema.ts';
import { configSchema } from '../../../src/check/config/config-schema.ts';
import { budgetSchema } from '../../../src/limits/budget.ts';
import { profileSchema } from '../../../src/limits/profile-schema.ts';

const least = { name: 'mine', source: 'a chain of mine', date: '2026-11-23', maxCodeSize: 1_000_000 };
const timeout = { name: 'PvfPrepTimeout', kind: 'Precheck', value: '60000' };

interface Case {
  readonly schema: GenericSchema;
  readonly valid: readonly unknown[];
  readonly invalid: readonly unknown[];
}

const cases: Readonly<Record<string, Case>> = {
  'budget.schema.json': {
    schema: budgetSchema,
    valid: [{}, { storedBytes: 1, rawBytes: 2, artifactBytes: 3, cpuTimeMs: 4, peakTrackedAlloc: 5 }],
    invalid: [{ storedbytes: 1 }, { cpuTimeMs: 0 }, { rawBytes: 1.5 }, { rawBytes: '5' }, { rawBytes: null }, null],
  },
  'pvf.schema.json': {
    schema: configSchema,
    valid: [
      {},
      { $schema: 'x', runtimes: ['a'], exclude: [], profile: 'relay-3mib', near: 70, timeout: 1.5, memoryLimit: 5 },
      { budget: { storedBytes: 1, crates: { a: 1 }, pallets: {}, growth: { rawBytes: 0.05 } }, allow: [] },
      { findings: { 'debug-sections': 'off' }, allow: ['identical-code'], baseline: 'x', baselineIs: 'chain' },
      { kind: 'compile', nodes: 'stable2506', metadata: true, token: 'DOT:10', worker: 'portable', rpc: 'wss://x' },
    ],
    invalid: [
      { timout: 1 },
      { timeout: 0 },
      { kind: 'x' },
      { metadata: 1 },
      { runtimes: [''] },
      { budget: { crates: { a: 0 } } },
      { budget: { growth: { rawBytes: -1 } } },
      { findings: { 'debug-sections': 'fatal' } },
      { rpc: 'http://x' },
      { near: 101 },
    ],
  },
  'profile.schema.json': {
    schema: profileSchema,
    valid: [least, { ...least, bombLimit: 5, executorParams: [timeout, { name: 'MaxMemoryPages', value: 1 }] }],
    invalid: [
      {},
      { ...least, maxcodesize: 5 },
      { ...least, name: '' },
      { ...least, date: 'today' },
      { ...least, maxCodeSize: 0 },
      { ...least, executorParams: {} },
      { ...least, executorParams: [{ name: 'MaxMemory', value: 1 }] },
      { ...least, executorParams: [{ ...timeout, kind: 'Backing' }] },
      { ...least, executorParams: [{ ...timeout, unit: 's' }] },
    ],
  },
};

for (const [file, { schema, valid, invalid }] of Object.entries(cases)) {
  describe(file, () => {
    const text = readFileSync(new URL(`../../../media/${file}`, import.meta.url), 'utf8');
    const validate = new Ajv2020({ strict: true }).compile(JSON.parse(text));

    for (const value of valid) {
      it(`accepts ${JSON.stringify(value)}`, () => {
        assert.equal(parseValue(schema, value).kind, 'valid');
        assert.ok(validate(value), JSON.stringify(validate.errors));
      });
    }
    for (const value of invalid) {
      it(`rejects ${JSON.stringify(value)}`, () => {
        assert.equal(parseValue(schema, value).kind, 'invalid');
        assert.ok(!validate(value));
      });
    }
  });
}
