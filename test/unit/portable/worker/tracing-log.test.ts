import assert from 'node:assert/strict';
import { tracingLog } from '../../../../src/portable/worker/tracing-log.ts';

function written(directives: string): string[] {
  const lines: string[] = [];
  const log = tracingLog(directives, (line) => lines.push(line));
  for (const level of ['error', 'warn', 'info', 'debug'] as const) log[level](level);
  return lines.map((line) => line.trimEnd().slice(line.lastIndexOf(' ') + 1));
}

describe('tracingLog', () => {
  const rows: readonly (readonly [directives: string, levels: string])[] = [
    ['', 'error'],
    ['off', 'error'],
    ['warn', 'error warn'],
    ['debug', 'error warn info debug'],
    ['INFO', 'error warn info'],
    ['parachain=debug', 'error warn info debug'],
    ['parachain::pvf-prepare-worker', 'error warn info debug'],
    ['sync=trace', 'error'],
    ['debug,parachain::pvf=warn', 'error warn'],
    ['parachain::pvf=warn,debug', 'error warn'],
    ['info, parachain::pvf=debug', 'error warn info debug'],
    ['parachain=nonsense', 'error'],
  ];
  for (const [directives, levels] of rows) {
    it(`logs ${levels} with "${directives}"`, () => assert.equal(written(directives).join(' '), levels));
  }

  it('writes each line of a message in the format of tracing', () => {
    let text = '';
    const log = tracingLog('info', (line) => {
      text += line;
    });
    log.info('one\ntwo');
    const head = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z  INFO parachain::pvf-prepare-worker: `;
    assert.match(text, new RegExp(`^${head}one\n${head}two\n$`));
  });
});
