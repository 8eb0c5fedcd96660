import assert from 'node:assert/strict';
import type { ProblemEntry, ReportEntry } from '../../../src/model/input-problem.ts';
import type { ParaSummary, Report } from '../../../src/model/report.ts';
import { formatChainText } from '../../../src/report/chain-text.ts';
import { accepted, estimated, hostile, rejected } from '../../support/sample-reports.ts';

const block = { number: 12_345, hash: `0x${'ab'.repeat(32)}` };

const of = (report: Report, id: number, change: Partial<ParaSummary> = {}): Report => ({
  ...report,
  para: { id, code: 'current', relayChain: 'polkadot', block, upgrade: {}, ...change },
});

const problem: ProblemEntry = {
  ...{ schemaVersion: 1, tool: accepted.tool, createdAt: accepted.createdAt, path: 'para 2006 (current)' },
  problem: { id: 'not-checked', message: 'The code could not be checked: gone.', remedy: 'Run the command again.' },
};

const text = (...entries: readonly ReportEntry[]) => formatChainText(entries, { colour: false });

describe('the table of a chain', () => {
  it('has a row for each code, then the totals, then each finding once', () => {
    const shown = text(
      of(accepted, 2000, { upgrade: { cooldownUntil: 12_445 } }),
      of(accepted, 2001),
      of(rejected, 2004),
    );
    const lines = shown.split('\n');
    assert.equal(lines[0], `polkadot at block 12 345 (${block.hash})`);
    assert.match(lines[2] ?? '', /^para +code +name +version +vote +conclusion +CPU +memory +stored +raw +upgrade$/);
    assert.match(
      lines[3] ?? '',
      /^2000 +current +hydradx +408 +accept +PASS .*no upgrade in flight; no new upgrade before block 12 445, in 100 relay blocks \(about 10 min\)$/,
    );
    assert.match(lines[5] ?? '', /^2004 .* reject +FAIL/);
    assert.equal(lines[7], '3 runtime blobs: 2 pass, 1 fails; 2 near a limit.');
    assert.equal(shown.match(/near-limit-code-size\]/g)?.length, 1);
    assert.match(shown, /^ {2}in para 2000, para 2001$/m);
  });

  it('names the workers when there are several', () => {
    assert.match(
      text(of(accepted, 2000), of(estimated, 2000)),
      / worker .*\n.* official 1\.25\.1 .*\n.* portable 1\.25\.1 /,
    );
  });

  it('tells a code that was not checked', () => {
    const shown = text(of(accepted, 2000), problem);
    assert.match(
      shown,
      /^NOT READ {2}para 2006 \(current\)\n {2}The code could not be checked: gone\.\n {2}help: Run/m,
    );
  });

  it('prints no control characters of a chain', () => {
    const shown = text(of(hostile, 2000, { relayChain: 'evil\u001b[31m\nline' }));
    assert.doesNotMatch(shown.replaceAll('\n', ''), /\p{Cc}/u);
    assert.match(shown, /^evil\\u\{1b\}\[31m\\nline at block/);
  });

  it('is a summary alone without codes', () => {
    assert.equal(text(), 'No runtime blob was checked.\n');
  });
});
