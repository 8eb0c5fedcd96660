import assert from 'node:assert/strict';
import { ruleInfos } from '../../../../src/check/rules/index.ts';
import { uncheckedState } from '../../../../src/editor/model.ts';
import { conclusionHover, findingHover } from '../../../../src/editor/views/hover-text.ts';
import { accepted, estimated, hostile, inspected, overBudget, overLimit } from '../../../support/sample-reports.ts';
import { checked, english, runningWith, runtime } from './samples.ts';

const hoverOf = (...[report]: Parameters<typeof checked>) => conclusionHover(runtime, checked(report), english) ?? '';

describe('conclusionHover', () => {
  it('shows the conclusion, and each limit with what is left, its meaning and its source', () => {
    const text = hoverOf(accepted).replaceAll('\\.', '.');
    assert.match(text, /^\$\(warning\) \*\*hydradx-runtime · hydradx v408\*\*: accepted, near a limit$/m);
    assert.match(
      text,
      /^- \*\*Stored size\*\*: 2\.99 MiB of 3\.00 MiB \(99\.7 %\), close to the limit; .* left\. The relay chain refuses/m,
    );
    assert.match(
      text,
      /^- \*\*CPU time\*\*: 23\.11 s of 60 s .*; a validator 2\.5× slower still passes\. Validators stop/m,
    );
    assert.match(text, new RegExp(`From ${accepted.limits.profile}, read on ${accepted.limits.date}`));
  });

  it('says which limits are exceeded, and which are the own budget', () => {
    assert.match(hoverOf(overLimit), /over the limit/);
    assert.doesNotMatch(hoverOf(overLimit).match(/^- \*\*Stored size\*\*.*$/m)?.[0] ?? '', / left/);
    assert.match(hoverOf(overBudget), /Stored size budget\*\*.* Your own limit, from your budget/);
  });

  it('marks estimates and pending votes', () => {
    assert.match(hoverOf(estimated).replaceAll('\\.', '.'), /≈7\.2 s of 60 s \(≈12 %\)/);
    assert.match(hoverOf(estimated), /are estimates/);
    assert.match(conclusionHover(runtime, runningWith(inspected), english) ?? '', /vote pending/);
  });

  it('says nothing without a report', () => {
    assert.equal(conclusionHover(runtime, uncheckedState, english), undefined);
  });

  it('escapes texts of a runtime', () => {
    assert.doesNotMatch(hoverOf(hostile), /(?<!\\)\]\(/);
  });
});

describe('findingHover', () => {
  for (const rule of ruleInfos) {
    it(`links only to the explanation and to issues: ${rule.id}`, () => {
      const links = Array.from(findingHover(rule, english).matchAll(/\]\(([^)]+)\)/g), ([, target = '']) => target);
      assert(links.length > 0);
      for (const link of links) assert.match(link, /^(?:command:pvf\.explain\?%5B%22[\w-]+%22%5D$|https:\/\/)/);
    });
  }
});
