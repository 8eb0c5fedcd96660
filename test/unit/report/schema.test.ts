import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { formatJson } from '../../../src/report/json.ts';
import { sampleReports } from '../../support/sample-reports.ts';
import { objects, unions } from './schema-tables.ts';

interface Node {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly $defs?: Readonly<Record<string, Node>>;
}

const schema: Node = JSON.parse(readFileSync(new URL('../../../media/report.schema.json', import.meta.url), 'utf8'));
const defs = schema.$defs ?? {};

const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

function errorsOf(report: unknown): readonly ErrorObject[] {
  validate(report);
  return validate.errors ?? [];
}

describe('report.schema.json mirrors the Report type', () => {
  for (const [name, members] of Object.entries(objects)) {
    it(`the members of ${name === '' ? 'the report' : name}`, () => {
      const node = name === '' ? schema : (defs[name] ?? {});
      const required = Object.keys(members).filter((key) => members[key] === 'required');
      assert.equal(node.type, 'object');
      assert.equal(node.additionalProperties, false);
      assert.deepEqual(Object.keys(node.properties ?? {}).sort(), Object.keys(members).sort());
      assert.deepEqual([...(node.required ?? [])].sort(), required.sort());
    });
  }

  for (const [place, members] of Object.entries(unions)) {
    it(`the values of ${place}`, () => {
      const [object = '', member = ''] = place.split('.');
      assert.deepEqual([...(defs[object]?.properties?.[member]?.enum ?? [])].sort(), Object.keys(members).sort());
    });
  }

  it('has no object and no enum beside these', () => {
    const found = Object.entries(defs).filter(([, node]) => node.type === 'object');
    assert.deepEqual(
      found.map(([name]) => name).sort(),
      Object.keys(objects)
        .filter((name) => name !== '')
        .sort(),
    );
    const enums = found.flatMap(([name, node]) =>
      Object.entries(node.properties ?? {})
        .filter(([, member]) => member.enum !== undefined)
        .map(([member]) => `${name}.${member}`),
    );
    assert.deepEqual(enums.sort(), Object.keys(unions).sort());
  });
});

describe('report.schema.json', () => {
  for (const [name, report] of Object.entries(sampleReports)) {
    it(`takes the ${name} report as it is printed`, () => {
      assert.deepEqual(errorsOf(JSON.parse(formatJson([report]))), []);
    });
  }

  const good = sampleReports.accepted;
  const wrong: Readonly<Record<string, readonly [report: unknown, path: string, keyword: string]>> = {
    'another schema version': [{ ...good, schemaVersion: 2 }, '/schemaVersion', 'const'],
    'a member of no type': [{ ...good, extra: 1 }, '', 'additionalProperties'],
    'a nested member of no type': [{ ...good, stats: { ...good.stats, cpuTime: 1 } }, '/stats', 'additionalProperties'],
    'a local time': [{ ...good, createdAt: '2026-11-23T22:30:00+01:00' }, '/createdAt', 'pattern'],
    'a code hash without 0x': [
      { ...good, runtime: { ...good.runtime, codeHash: good.runtime.codeHash.slice(2) } },
      '/runtime/codeHash',
      'pattern',
    ],
    'a code hash in capitals': [
      { ...good, runtime: { ...good.runtime, codeHash: `0x${'AB'.repeat(32)}` } },
      '/runtime/codeHash',
      'pattern',
    ],
    'an outcome of no host': [{ ...good, outcome: { kind: 'fine' } }, '/outcome/kind', 'enum'],
    'a negative size': [{ ...good, runtime: { ...good.runtime, rawBytes: -1 } }, '/runtime/rawBytes', 'minimum'],
    'half a byte': [{ ...good, runtime: { ...good.runtime, rawBytes: 1.5 } }, '/runtime/rawBytes', 'type'],
    'a null for what is not known': [
      { ...good, stats: { ...good.stats, artifactBytes: null } },
      '/stats/artifactBytes',
      'type',
    ],
    'a finding id that is not kebab-case': [
      { ...good, findings: [{ id: 'Near Limit', severity: 'warning', message: '' }] },
      '/findings/0/id',
      'pattern',
    ],
    'nested finding data': [
      { ...good, findings: [{ id: 'x', severity: 'warning', message: '', data: { deep: {} } }] },
      '/findings/0/data/deep',
      'anyOf',
    ],
  };

  for (const [name, [report, path, keyword]] of Object.entries(wrong)) {
    it(`refuses ${name}`, () => {
      const errors = errorsOf(report);
      assert.ok(
        errors.some((error) => error.instancePath === path && error.keyword === keyword),
        `expected ${keyword} at "${path}", got ${JSON.stringify(errors)}`,
      );
    });
  }

  for (const member of schema.required ?? []) {
    it(`refuses a report without ${member}`, () => {
      const rest = Object.fromEntries(Object.entries(good).filter(([key]) => key !== member));
      assert.deepEqual(
        errorsOf(rest).map(({ keyword, params }) => [keyword, params]),
        [['required', { missingProperty: member }]],
      );
    });
  }
});
