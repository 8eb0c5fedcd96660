import assert from 'node:assert/strict';
import { ruleInfos, rules } from '../../../../src/check/rules/index.ts';
import { findingsAbout } from '../../../../src/check/rules/run.ts';
import { limitItem } from '../../../../src/model/limit-item.ts';
import { accepted } from '../../../support/sample-reports.ts';
import { outcomes } from '../outcomes.ts';
import { goodFacts, ruleCases } from './cases.ts';

const ids = ruleInfos.map(({ id }) => id);

describe('the list of rules', () => {
  it('has a case that provokes each rule, and no other case', () => {
    assert.deepEqual(Object.keys(ruleCases).sort(), [...ids].sort());
  });

  it('has an id once', () => assert.deepEqual([...new Set(ids)], ids));

  it('has every rule in the group of its subject', () => {
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
        // No fragment of a template literal that was not filled in, no blank left by its indentation.
        assert.doesNotMatch(docs, /undefined| {2}/);
      });

      it('is found where it should be, with its severity, and not elsewhere', () => {
        const { provoked = [], spared = [] } = ruleCases[id] ?? {};
        const found = provoked.filter((finding) => finding.id === id);
        assert.deepEqual(
          found.map((finding) => finding.severity),
          [severity],
        );
        assert.match(found[0]?.message ?? '', /\S/);
        assert.ok(!spared.some((finding) => finding.id === id));
      });
    });
  }
});

describe('the findings of a report', () => {
  const { runtime, stats } = accepted;
  const facts = { ...goodFacts, compression: { kind: 'none' } } as const;
  const items = limitItem('code-size', 101, 100);

  it('are about the outcome first, then about limits, blob and baseline', () => {
    const outcome = outcomes['out-of-memory'];
    const preparation = { outcome, figures: 'estimated' } as const;
    const findings = findingsAbout({ facts, runtime, items, stats, preparation, baseline: accepted });
    assert.deepEqual(
      findings.map(({ id }) => id),
      ['preparation-out-of-memory', 'over-limit-code-size', 'near-estimate', 'not-compressed', 'identical-code'],
    );
  });

  it('say nothing about an outcome or a baseline that there is not', () => {
    const findings = findingsAbout({ facts, runtime, items, stats: undefined, baseline: undefined });
    assert.deepEqual(
      findings.map(({ id }) => id),
      ['over-limit-code-size', 'not-compressed'],
    );
  });
});
