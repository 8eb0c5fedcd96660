import assert from 'node:assert/strict';
import { silentLog } from '../../../../src/base/log.ts';
import { explainingLog, outputBlock } from '../../../../src/editor/views/output.ts';
import { accepted, sampleReports } from '../../../support/sample-reports.ts';
import { withStored } from './samples.ts';

describe('outputBlock', () => {
  it('shows verdict, time, memory and worker in fixed lines', () => {
    const text = outputBlock(accepted, { entry: withStored(accepted, 3_000_000), text: 'since 1a2b3c4' });
    assert.match(text, /^PASS {2}hydradx 408 {2}\(vote: accept\)\n {2}Blob {10}target\//);
    assert.match(text, /^ {2}CPU time {6}23\.11 s of 60 s {2}█+░+ 38\.5 % ok$/m);
    assert.match(text, /^ {2}Peak memory {3}379\.76 MiB of 2\.00 GiB/m);
    assert.match(
      text,
      /^ {2}Stored size {3}2\.99 MiB of 3\.00 MiB .*near {2}\+131\.9 KiB \(\+4\.5 %\) since 1a2b3c4$/m,
    );
    assert.match(text, /^ {2}Time {10}23\.39 s wall clock, worker ready in 38 ms$/m);
    assert.match(text, /^ {2}Worker {8}official 1\.25\.1/m);
  });

  for (const [name, report] of Object.entries(sampleReports)) {
    it(`removes control characters: ${name}`, () => {
      assert.doesNotMatch(outputBlock(report), /(?!\n)\p{Cc}/u);
    });
  }
});

describe('explainingLog', () => {
  it('adds a note to harmless lines only', () => {
    const lines: string[] = [];
    const log = explainingLog({ ...silentLog, debug: (line) => lines.push(line) });
    log.debug('quitting pvf worker (prepare): failed to fill whole buffer');
    log.debug('out of memory');
    assert.match(lines[0] ?? '', /whole buffer {2}\[harmless/);
    assert.equal(lines[1], 'out of memory');
  });
});
