import assert from 'node:assert/strict';
import { outputBlock } from '../../../src/editor/views/output.ts';
import { rootNodes } from '../../../src/editor/views/tree/runtime-node.ts';
import type { Report } from '../../../src/model/report.ts';
import { formatMarkdown } from '../../../src/report/markdown.ts';
import { formatText } from '../../../src/report/text.ts';
import { accepted } from '../../support/sample-reports.ts';
import { checked, english, now, runtime } from '../editor/views/samples.ts';

const reportOf = (codeAt: string): Report => ({
  ...accepted,
  runtime: { ...accepted.runtime, path: 'quartz.json', container: 'chain-spec', codeAt },
});

describe('the report of a chain spec', () => {
  const cases = [
    ['genesis.raw.top.0x3a636f6465', 'genesis code'],
    ['codeSubstitutes.1161532', 'code substitute at block 1161532'],
  ] as const;
  for (const [codeAt, text] of cases) {
    it(`says everywhere that it is about the ${text}`, () => {
      const report = reportOf(codeAt);
      const line = new RegExp(`Code +${text} \\(${codeAt}\\)`);
      assert.match(formatText([report], { colour: false, verbose: false }), line);
      assert.match(outputBlock(report), line);
      assert.match(formatMarkdown([report]), new RegExp(`^\`quartz\\.json\`, ${text}$`, 'm'));
      const [root] = rootNodes([{ runtime, state: checked(report) }], now, english);
      const node = root?.children.find(({ label }) => label === 'Code');
      assert.equal(node?.description, text);
      assert.equal(node.tooltip, `Code: ${text}\n${codeAt} in quartz.json`);
    });
  }
});
