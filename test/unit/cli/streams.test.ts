import assert from 'node:assert/strict';
import { PassThrough, Writable } from 'node:stream';
import { type LogLevel, logLevels } from '../../../src/cli/options.ts';
import { ProgressLine } from '../../../src/cli/progress-line.ts';
import { streamLog, wantsColour, write } from '../../../src/cli/streams.ts';
import { until } from '../../support/leaks.ts';

/** A stream with the members of a terminal that the CLI reads. Records what was written to it. */
function stream(isTTY: boolean, columns?: number): NodeJS.WriteStream & { written(): string } {
  const through = new PassThrough();
  const written = () => String(through.read() ?? '');
  return Object.assign(through, { isTTY, columns, written }) as unknown as NodeJS.WriteStream & { written(): string };
}

describe('streamLog', () => {
  for (const level of logLevels) {
    it(`shows messages of level ${level} and above`, () => {
      const err = stream(false);
      const log = streamLog(err, level, () => {});
      for (const each of logLevels) log[each]('a message');
      const shown = logLevels.slice(0, logLevels.indexOf(level) + 1);
      assert.equal(err.written(), shown.map((each: LogLevel) => `${each}: a message\n`).join(''));
    });
  }

  it('clears the progress line only for messages that it shows', () => {
    let cleared = 0;
    const log = streamLog(stream(true), 'warn', () => {
      cleared += 1;
    });
    log.debug('hidden');
    assert.equal(cleared, 0);
    log.warn('shown');
    assert.equal(cleared, 1);
  });

  it('escapes control characters', () => {
    const err = stream(false);
    streamLog(err, 'warn', () => {}).warn('a\u001b[2Jb\u202ec');
    assert.equal(err.written(), 'warn: a\\u{1b}[2Jb\\u{202e}c\n');
  });
});

describe('write', () => {
  function failing(code: string): Writable {
    const fail = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error(`write ${code}`), { code })),
    });
    return fail.on('error', () => {});
  }

  it('ignores a closed pipe', () => write(failing('EPIPE'), 'text'));

  it('rejects with any other failure', () => assert.rejects(write(failing('ENOSPC'), 'text'), /write ENOSPC/));
});

describe('wantsColour', () => {
  const cases: readonly (readonly [isTTY: boolean, env: NodeJS.ProcessEnv, wanted: boolean])[] = [
    [true, {}, true],
    [false, {}, false],
    [true, { TERM: 'dumb' }, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [false, { FORCE_COLOR: '1' }, true],
    [true, { FORCE_COLOR: '0' }, false],
    [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ];
  for (const [isTTY, env, wanted] of cases) {
    it(`returns ${wanted} ${isTTY ? 'on' : 'without'} a terminal with ${JSON.stringify(env)}`, () =>
      assert.equal(wantsColour(stream(isTTY), env), wanted));
  }
});

describe('ProgressLine', () => {
  const CLEAR = '\r\u001b[K';

  it('writes nothing without a terminal, or when it is not wanted', () => {
    for (const [isTTY, wanted] of [
      [false, true],
      [true, false],
    ] as const) {
      const err = stream(isTTY);
      {
        using line = new ProgressLine(err, wanted);
        line.show('Preparing');
        line.expect(1000);
        line.clear();
      }
      assert.equal(err.written(), '');
    }
  });

  it('shows the phase at once, and clears the line at the end', () => {
    const err = stream(true, 80);
    {
      using line = new ProgressLine(err, true);
      line.show('Preparing a.wasm');
      assert.match(err.written(), /Preparing a\.wasm$/);
    }
    assert.equal(err.written(), CLEAR);
  });

  it('shows the estimated time left', () => {
    const err = stream(true, 80);
    using line = new ProgressLine(err, true);
    line.show('Preparing a.wasm', 90_000);
    assert.match(err.written(), /Preparing a\.wasm {2}\d+(\.\d)? ms, about 90 s left$/);
    line.show('Preparing b.wasm', 300);
    assert.match(err.written(), /Preparing b\.wasm {2}\d+(\.\d)? ms, nearly done$/);
    line.show('Preparing c.wasm');
    assert.match(err.written(), /Preparing c\.wasm$/, 'the estimate was for the previous phase');
  });

  it('shows the progress between the elapsed time and the time left', async () => {
    const err = stream(true, 100);
    using line = new ProgressLine(err, true);
    line.show('Preparing a.wasm');
    line.advance({ text: '120 of 3 196 functions', share: 0.04 });
    line.show('Preparing b.wasm', 90_000);
    assert.doesNotMatch(err.written(), /functions/, 'the progress was of the previous phase');
    line.advance({ text: '7 of 190 functions', share: 7 / 190 });
    let drawn = '';
    await until('the next frame', () => {
      drawn += err.written();
      return drawn.includes('functions');
    });
    assert.match(drawn, /Preparing b\.wasm {2}\d+(\.\d)? ms, 7 of 190 functions, about 90 s left$/);
    line.advance({ text: '95 of 190 functions', share: 0.5 });
    await until('a time left from the progress', () => {
      drawn += err.written();
      return drawn.endsWith('95 of 190 functions, nearly done');
    });
  });

  it('fits the terminal, and cuts the name rather than the time', () => {
    const err = stream(true, 40);
    using line = new ProgressLine(err, true);
    line.show(`Preparing ${'long-name'.repeat(20)}`, 90_000);
    const shown = err.written().slice(CLEAR.length);
    assert.ok(shown.length < 40, shown);
    assert.match(shown, /about 90 s left$/);
  });

  it('escapes control characters of a name', () => {
    const err = stream(true, 80);
    using line = new ProgressLine(err, true);
    line.show('Preparing a\u001b[2J\nb');
    assert.match(err.written(), /Preparing a\\u\{1b\}\[2J\\nb$/);
  });
});
