import assert from 'node:assert/strict';
import { PassThrough, Writable } from 'node:stream';
import { type LogLevel, logLevels } from '../../../src/cli/options.ts';
import { ProgressLine } from '../../../src/cli/progress-line.ts';
import { streamLog, wantsColour, write } from '../../../src/cli/streams.ts';
import { until } from '../../support/leaks.ts';

/** A stream with the members of a terminal that are looked at, and all that was written to it. */
function stream(isTTY: boolean, columns?: number): NodeJS.WriteStream & { written(): string } {
  const through = new PassThrough();
  const written = () => String(through.read() ?? '');
  return Object.assign(through, { isTTY, columns, written }) as unknown as NodeJS.WriteStream & { written(): string };
}

describe('the log of the CLI', () => {
  for (const level of logLevels) {
    it(`--log ${level} shows that and what is worse`, () => {
      const err = stream(false);
      const log = streamLog(err, level, () => {});
      for (const one of logLevels) log[one]('a message');
      const shown = logLevels.slice(0, logLevels.indexOf(level) + 1);
      assert.equal(err.written(), shown.map((one: LogLevel) => `${one}: a message\n`).join(''));
    });
  }

  it('clears the progress line for what it shows, and only for that', () => {
    let cleared = 0;
    const log = streamLog(stream(true), 'warn', () => {
      cleared += 1;
    });
    log.debug('hidden');
    assert.equal(cleared, 0);
    log.warn('shown');
    assert.equal(cleared, 1);
  });

  it('writes what a terminal would obey as escapes', () => {
    const err = stream(false);
    streamLog(err, 'warn', () => {}).warn('a\u001b[2Jb\u202ec');
    assert.equal(err.written(), 'warn: a\\u{1b}[2Jb\\u{202e}c\n');
  });
});

describe('writing to a stream', () => {
  function failing(code: string): Writable {
    const fail = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error(`write ${code}`), { code })),
    });
    return fail.on('error', () => {});
  }

  it('takes a reader that has gone for no failure', () => write(failing('EPIPE'), 'text'));

  it('tells any other failure', () => assert.rejects(write(failing('ENOSPC'), 'text'), /write ENOSPC/));
});

describe('colour', () => {
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
    it(`is ${wanted ? '' : 'not '}wanted ${isTTY ? 'on' : 'without'} a terminal with ${JSON.stringify(env)}`, () =>
      assert.equal(wantsColour(stream(isTTY), env), wanted));
  }
});

describe('the progress line', () => {
  const CLEAR = '\r\u001b[K';

  it('is nothing at all without a terminal, or when it is not wanted', () => {
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

  it('shows the phase at once, and is gone at the end', () => {
    const err = stream(true, 80);
    {
      using line = new ProgressLine(err, true);
      line.show('Preparing a.wasm');
      assert.match(err.written(), /Preparing a\.wasm$/);
    }
    assert.equal(err.written(), CLEAR);
  });

  it('has the time left where that is known', () => {
    const err = stream(true, 80);
    using line = new ProgressLine(err, true);
    line.show('Preparing a.wasm', 90_000);
    assert.match(err.written(), /Preparing a\.wasm {2}\d+(\.\d)? ms, about 90 s left$/);
    line.show('Preparing b.wasm', 300);
    assert.match(err.written(), /Preparing b\.wasm {2}\d+(\.\d)? ms, nearly done$/);
    line.show('Preparing c.wasm');
    assert.match(err.written(), /Preparing c\.wasm$/, 'the estimate was for the phase before');
  });

  it('has how far it is between the time that has passed and the time left', async () => {
    const err = stream(true, 100);
    using line = new ProgressLine(err, true);
    line.show('Preparing a.wasm');
    line.advance({ text: '120 of 3 196 functions', share: 0.04 });
    line.show('Preparing b.wasm', 90_000);
    assert.doesNotMatch(err.written(), /functions/, 'that was the phase before');
    line.advance({ text: '7 of 190 functions', share: 7 / 190 });
    let drawn = '';
    await until('the next frame', () => {
      drawn += err.written();
      return drawn.includes('functions');
    });
    assert.match(drawn, /Preparing b\.wasm {2}\d+(\.\d)? ms, 7 of 190 functions, about 90 s left$/);
    line.advance({ text: '95 of 190 functions', share: 0.5 });
    await until('its own pace', () => {
      drawn += err.written();
      return drawn.endsWith('95 of 190 functions, nearly done');
    });
  });

  it('is never wider than the terminal, and rather cuts the name than the time', () => {
    const err = stream(true, 40);
    using line = new ProgressLine(err, true);
    line.show(`Preparing ${'long-name'.repeat(20)}`, 90_000);
    const shown = err.written().slice(CLEAR.length);
    assert.ok(shown.length < 40, shown);
    assert.match(shown, /about 90 s left$/);
  });

  it('writes odd characters of a name as escapes, on one line', () => {
    const err = stream(true, 80);
    using line = new ProgressLine(err, true);
    line.show('Preparing a\u001b[2J\nb');
    assert.match(err.written(), /Preparing a\\u\{1b\}\[2J\\nb$/);
  });
});
