import assert from 'node:assert/strict';
import { codeSelection, pageOf } from '../../../../../src/editor/views/custom-editor/page-data.ts';
import type { PageSection } from '../../../../../src/model/blob-page.ts';
import type { Report } from '../../../../../src/model/report.ts';
import { accepted, hostile, inspected, sampleReports } from '../../../../support/sample-reports.ts';
import { english } from '../samples.ts';

const shown = (report: Report, isInterim = false) =>
  pageOf('a.wasm', { report, isCurrent: true, isInterim }, undefined, english);

function sectionOf<Kind extends PageSection['kind']>(report: Report, kind: Kind, id: string) {
  const section = shown(report).sections.find((one) => one.id === id);
  assert(section?.kind === kind);
  return section as Extract<PageSection, { kind: Kind }>;
}

describe('pageOf', () => {
  for (const [name, report] of Object.entries(sampleReports)) {
    it(`has sections with unique ids, and every finding: ${name}`, () => {
      const { sections } = shown(report);
      assert.equal(new Set(sections.map(({ id }) => id)).size, sections.length);
      const { findings } = sectionOf(report, 'findings', 'findings');
      assert.equal(findings.length, report.findings.length);
    });
  }

  it('shows the hash with a copy button, and the versions', () => {
    const { facts } = sectionOf(accepted, 'facts', 'overview');
    const hash = facts.find(({ button }) => button?.message.kind === 'copy-hash');
    assert.equal(hash?.value, accepted.runtime.codeHash);
    const version = facts.find(({ label }) => label === 'Specification version');
    assert.equal(version?.value, `${accepted.runtime.specVersion}`);
  });

  it('explains each limit, with its source', () => {
    const { facts } = sectionOf(accepted, 'facts', 'limits');
    const stored = facts.find(({ label }) => label === 'Stored size');
    assert.equal(stored?.value, '2.99 MiB of 3.00 MiB (99.7 %)');
    assert.equal(stored?.tone, 'warning');
    assert.match(stored?.about ?? '', /^It is close to the limit\. .*The relay chain refuses /);
    assert.match(facts.at(-1)?.value ?? '', /^From relay-3mib, read on/);
  });

  it('lists sections by size, imports and exports', () => {
    const { sections = [], imports = [] } = accepted.runtime;
    const table = sectionOf(accepted, 'table', 'sections');
    assert.equal(table.rows.length, sections.length);
    assert.equal(table.rows[0]?.[0], sections.toSorted((a, b) => b.bytes - a.bytes)[0]?.name);
    const ofImports = sectionOf(accepted, 'table', 'imports');
    assert.equal(ofImports.rows.length, imports.length);
    assert.ok(ofImports.search);
  });

  it('says that a vote is pending', () => assert.match(shown(inspected, true).status, /vote pending/));

  it('contains no control characters of a runtime', () => {
    assert.doesNotMatch(JSON.stringify(shown(hostile)), /\\u00[01]|[\u202a-\u202e\u2066-\u2069]/);
  });
});

describe('codeSelection', () => {
  it('offers the genesis code and each substitute', () => {
    const codes = [
      { storedBytes: 1_000_000, specName: 'quartz', specVersion: 1 },
      { block: '1161532', storedBytes: 1_200_000, specName: 'quartz', specVersion: 914_000 },
      { block: '7' },
    ];
    assert.deepEqual(codeSelection(codes, '1161532', english), {
      label: 'Code of the chain spec',
      selected: '1161532',
      options: [
        { value: '', label: 'Genesis code · quartz 1 · 976.6 KiB' },
        { value: '1161532', label: 'Code substitute at block 1161532 · quartz 914000 · 1.14 MiB' },
        { value: '7', label: 'Code substitute at block 7 · damaged' },
      ],
    });
  });

  it('offers nothing for a file with one code', () => {
    assert.equal(codeSelection([{ storedBytes: 1 }], undefined, english), undefined);
  });
});
