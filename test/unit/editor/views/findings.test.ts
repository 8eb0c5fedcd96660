import assert from 'node:assert/strict';
import { ruleInfos } from '../../../../src/check/rules/index.ts';
import { explanationMarkdown, findingIds } from '../../../../src/editor/views/findings.ts';
import { accepted, rejected, sampleReports } from '../../../support/sample-reports.ts';
import { english } from './samples.ts';

describe('explanationMarkdown', () => {
  it('lists what to do and the affected runtimes', () => {
    const text = explanationMarkdown('opcode-sign-extension', [accepted, rejected], ruleInfos, english);
    assert.match(text, /^# `opcode-sign-extension`/);
    assert.match(text, /## What to do/);
    assert.match(text, /## Affected runtimes\n\n- robonomics 43<br>`.*robonomics/);
  });

  it('shows the title, the docs and the place of the rule', () => {
    const text = explanationMarkdown('opcode-sign-extension', [], ruleInfos, english);
    assert.match(text, /^\*\*The code uses sign-extension instructions\.\*\*$/m);
    assert.match(text, /## What it means\n\nOpcodes 192 to 196 are .*`i32\.extend8_s`/);
    assert.match(text, /## Where to look\n\nThe build: the Rust toolchain/);
  });

  it('names no place for a finding that the sources do not cause', () => {
    const text = explanationMarkdown('disk-full', [], ruleInfos, english);
    assert.doesNotMatch(text, /Where to look/);
  });

  it('describes a finding without a rule', () => {
    const text = explanationMarkdown('odd', [sampleReports.hostile], ruleInfos, english);
    assert.match(text, /^# `odd`\n\nName \\\*is\\\*/);
    assert.doesNotMatch(text, /What it means|Where to look/);
  });

  it('describes a finding that no runtime has', () => {
    assert.match(explanationMarkdown('over-limit-memory', [], ruleInfos, english), /has this finding now/);
  });
});

describe('findingIds', () => {
  it('lists the most severe finding first', () => {
    assert.equal(findingIds([accepted, rejected])[0], 'opcode-sign-extension');
  });
});
