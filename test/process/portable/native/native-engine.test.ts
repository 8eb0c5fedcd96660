/** Tests the driver of the native helper with scripts as helpers. */
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineJob } from '../../../../src/portable/engine.ts';
import { readHelperLine } from '../../../../src/portable/native/helper-line.ts';
import { NativeEngine } from '../../../../src/portable/native/native-engine.ts';
import { runJob } from '../../../support/native-jobs.ts';

const ok = `{"ok":{"code_length":9,"functions":2,"instrumented_length":11},"cpu_micros":1500,"peak_tracked_alloc":77,"step_micros":{"compile":1000}}`;
const code = Buffer.from('the code\n');

describe('NativeEngine', function () {
  // The helpers are shell scripts.
  if (process.platform === 'win32') this.pending = true;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pvf-helper-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function engine(script: string): NativeEngine {
    const program = path.join(folder, 'helper');
    writeFileSync(program, `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
    chmodSync(program, 0o755);
    return new NativeEngine({ program, instances: 3 });
  }

  const run = (script: string, change: Partial<EngineJob> = {}) =>
    runJob(engine(script), { code, ...change }, (ran) => ran);

  async function errorOf(script: string) {
    const { answer } = await run(script);
    assert.equal(answer.kind, 'refused');
    return answer.kind === 'refused' ? answer.error : undefined;
  }

  it('returns the result of the helper and leaves the artifact in its file', async () => {
    const ran = await run(
      `printf artifact > "$3"; echo '{"decompressed":9}'; printf '{"prog'; printf 'ress":[1,2]}\\n'; echo '${ok}'`,
    );
    assert.deepEqual(ran.answer, {
      kind: 'prepared',
      artifact: { kind: 'written' },
      codeLength: 9,
      functions: 2,
      instrumentedBytes: 11,
      cpuMs: 1.5,
      peakBytes: 77,
      plan: 'native',
      reused: false,
      slowness: 1,
    });
    assert.equal(Buffer.from(ran.artifact).toString(), 'artifact');
    assert.deepEqual(ran.progress, [
      { kind: 'planned', plan: 'native', instances: 3 },
      { kind: 'decompressed', bytes: 9 },
      { kind: 'compiled', done: 1, total: 2 },
      { kind: 'timed', step: 'compile', ms: 1 },
    ]);
  });

  it('passes code and options but no environment, and cleans up', async () => {
    const at = (name: string) => path.join(folder, name);
    const script = `cat "$1" > '${at('options')}'; shift 3; echo "$@" > '${at('words')}'
      dd bs=1 count=17 > '${at('stdin')}' 2> /dev/null; env | cut -d= -f1 | sort > '${at('env')}'
      ls > '${at('seen')}'; printf x > tmp-artifact; echo '${ok}'`;
    const left = await runJob(
      engine(script),
      { code, memoryLimit: 5_000_000_001n, stackLogicalMax: 7, cpuLimitMs: 1234.5, kind: 'Compilation' },
      (ran) => readdirSync(ran.folder),
    );
    const lines = readFileSync(at('options'), 'utf8').split('\n');
    for (const line of ['memory_limit=5000000001', 'stack_logical_max=7', 'bomb_limit=31457280', 'store=false']) {
      assert.ok(lines.includes(line), line);
    }
    assert.equal(lines.filter((line) => line.startsWith('memory_limit')).length, 1);
    // One thread: the limit applies to the official worker's allocations.
    assert.equal(readFileSync(at('words'), 'utf8'), '--kind compilation --threads 1 --cpu-limit-ms 1235\n');
    const head = Buffer.alloc(8);
    head.writeUInt8(code.length);
    assert.deepEqual(readFileSync(at('stdin')), Buffer.concat([head, code]));
    const env = readFileSync(at('env'), 'utf8').trim().split('\n');
    assert.deepEqual(
      env.filter((name) => !['PATH', 'PWD', 'OLDPWD', 'SHLVL', '_'].includes(name)),
      [],
    );
    assert.deepEqual(left, ['tmp-artifact']);
  });

  it('converts error codes to the errors of the worker', async () => {
    const refused = (code: number, text = '') => `echo '{"err":{"code":${code},"text":"${text}"},"cpu_micros":2000}'`;
    assert.deepEqual(await errorOf(refused(0, 'a')), { tag: 'Prevalidation', value: 'a' });
    assert.deepEqual(await errorOf(refused(1, 'b')), { tag: 'Preparation', value: 'b' });
    assert.deepEqual(await errorOf(refused(2, 'c')), { tag: 'RuntimeConstruction', value: 'c' });
    assert.deepEqual(await errorOf(refused(3, 'd')), { tag: 'JobError', value: 'd' });
    assert.deepEqual(await errorOf(refused(4)), { tag: 'TimedOut', value: undefined });
    assert.deepEqual(await errorOf(refused(5, 'e')), { tag: 'IoErr', value: 'e' });
    assert.deepEqual(await errorOf(refused(8)), { tag: 'OutOfMemory', value: undefined });
    assert.deepEqual(await errorOf(refused(12, 'f')), { tag: 'CouldNotDecompressCodeBlob', value: 'f' });
    const exhausted = await errorOf(refused(100));
    assert.ok(exhausted?.tag === 'JobDied' && exhausted.value.err === 'the engine has no more memory');
  });

  it('distinguishes the causes of death', async () => {
    const deathOf = async (script: string) => {
      const error = await errorOf(script);
      assert.ok(error?.tag === 'JobDied');
      assert.ok(error.value.jobPid > 0);
      return error.value.err.replaceAll(String(error.value.jobPid), 'PID');
    };
    assert.equal(await deathOf('kill -KILL $$'), 'received signal: SIGKILL');
    assert.equal(await deathOf('kill -ABRT $$'), 'received signal: SIGABRT');
    assert.equal(await deathOf('kill -SEGV $$'), 'received signal: SIGSEGV');
    assert.equal(await deathOf('exit 2'), 'unexpected wait status: Exited(Pid(PID), 2)');
    assert.equal(await deathOf('printf \'{"ok":{\''), 'unexpected wait status: Exited(Pid(PID), 0)');
  });

  it('reports a missing helper', async () => {
    const missing = new NativeEngine({ program: path.join(folder, 'none'), instances: 1 });
    const { answer } = await runJob(missing, { code }, (ran) => ran);
    assert.ok(answer.kind === 'refused' && answer.error.tag === 'JobDied');
    assert.match(answer.error.value.err, /could not be started: .*ENOENT/);
  });

  it('ends the helper when the job is cancelled', async () => {
    const stop = new AbortController();
    const pidFile = path.join(folder, 'pid');
    const running = runJob(engine(`echo $$ > '${pidFile}'; exec sleep 60`), { code }, () => 'done', stop.signal);
    const pid = await (async () => {
      for (;;) {
        try {
          const text = readFileSync(pidFile, 'utf8').trim();
          if (text !== '') return Number(text);
        } catch {}
        await sleep(10);
      }
    })();
    stop.abort(new Error('enough'));
    await assert.rejects(running, /enough/);
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  });
});

describe('readHelperLine', () => {
  it('ignores a damaged line', () => {
    for (const line of ['', '{', '{}', 'panic', '{"progress"']) assert.equal(readHelperLine(line), undefined, line);
  });

  it('accepts a line without CPU time', () => {
    const line = readHelperLine('{"err":{"code":4,"text":""},"cpu_micros":null}');
    assert.ok(line?.kind === 'err' && line.cpuMs === undefined);
  });
});
