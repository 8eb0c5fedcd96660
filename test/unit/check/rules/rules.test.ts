import assert from 'node:assert/strict';
import { ruleInfos, rules } from '../../../../src/check/rules/index.ts';
import { findingsAbout } from '../../../../src/check/rules/run.ts';
import { limitItem } from '../../../../src/model/limit-item.ts';
import { accepted } from '../../../support/sample-reports.ts';
import { outcomes } from '../outcomes.ts';
import { goodFacts, ruleCases } from './cases.ts';

const ids = ruleInfos.map(({ id }) => id);

describe('rules', () => {
  it('have a test case each', () => {
    assert.deepEqual(Object.keys(ruleCases).sort(), [...ids].sort());
  });

  it('have unique ids', () => assert.deepEqual([...new Set(ids)], ids));

  it('are grouped by subject', () => {
    for (const [subject, group] of Object.entries(rules)) {
      assert.deepEqual([...new Set(group.map(({ about }) => about))], [subject]);
    }
  });

  for (const { id, title, docs, severity } of ruleInfos) {
    describe(id, () => {
      it('has a kebab-case id, a sentence as its title, and paragraphs of docs', () => {
        assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
        assert.match(title, /^[A-Z].{10,90}\.$/);
        assert.match(docs, /^[A-Z`][^\n]+(\n\n[A-Z`(][^\n]+)+$/);
        // Template literals are filled in, and their indentation is removed.
        assert.doesNotMatch(docs, /undefined| {2}/);
      });

      it('applies to its case, with its severity, and not to the other one', () => {
        const { applied = [], other = [] } = ruleCases[id] ?? {};
        const found = applied.filter((finding) => finding.id === id);
        assert.deepEqual(
          found.map((finding) => finding.severity),
          [severity],
        );
        assert.match(found[0]?.message ?? '', /\S/);
        assert.ok(!other.some((finding) => finding.id === id));
      });
    });
  }
});

describe('findingsAbout', () => {
  const { runtime, stats } = accepted;
  const facts = { ...goodFacts, compression: { kind: 'none' } } as const;
  const items = limitItem('code-size', 101, 100);

  it('lists the limits first, then blob and baseline', () => {
    const outcome = outcomes['out-of-memory'];
    const findings = findingsAbout({
      facts,
      runtime,
      executorParams: [],
      items,
      stats,
      outcome,
      figures: 'estimated',
      baseline: { ...accepted, is: 'build' },
    });
    assert.deepEqual(
      findings.map(({ id }) => id),
      ['over-limit-code-size', 'near-estimate', 'not-compressed', 'identical-code'],
    );
  });

  it('needs neither an outcome nor a baseline', () => {
    const findings = findingsAbout({
      facts,
      runtime,
      executorParams: [],
      items,
      stats: undefined,
      outcome: undefined,
      figures: 'measured',
      baseline: undefined,
    });
    assert.deepEqual(
      findings.map(({ id }) => id),
      ['over-limit-code-size', 'not-compressed'],
    );
  });
});
