/** Every way in which `pvf` ends, and its exit status. `npm run generate` writes docs/exit-status.md from this table. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Report } from '../../src/model/report.ts';
import { errAnswer, type FakeBehaviour, type FakeWorker, installFakeWorker, okAnswer } from './fake-worker.ts';
import { until } from './leaks.ts';
import { plainPvf, plainPvfOf } from './plain-pvf.ts';
import { asOwnerWithoutPrivileges } from './privileges.ts';
import type { CliBench, Ended, RunOptions } from './run-cli.ts';
import { accepted } from './sample-reports.ts';

export interface End {
  readonly group: 'pass' | 'fail' | 'wrong usage, or unreadable input' | 'undecided' | 'interrupted';
  readonly status: 0 | 1 | 2 | 3 | 130;
  run(cli: CliBench): Promise<Ended>;
}

interface Given {
  readonly behaviour?: FakeBehaviour;
  readonly args?: readonly string[];
  readonly options?: RunOptions;
}

type Preparation = Given | ((cli: CliBench) => Given | Promise<Given>);

async function install(cli: CliBench, given: Given): Promise<FakeWorker> {
  return installFakeWorker(cli.folder, given.behaviour ?? { spawns: [{ jobs: [await okAnswer()] }] });
}

/** Prepares the plain module `a.wasm`, or other files, with a fake worker. */
function preparing(preparation: Preparation, files: readonly string[] = ['a.wasm']): End['run'] {
  return async (cli) => {
    cli.write('a.wasm', plainPvf);
    const given = typeof preparation === 'function' ? await preparation(cli) : preparation;
    const { program } = await install(cli, given);
    return cli.run(['prepare', '--worker', program, ...(given.args ?? []), ...files], given.options);
  };
}

/** The plain module with another name for its export `validate_block`: a finding of severity error. */
const notOfParachain = Buffer.from(
  Buffer.from(plainPvf).toString('latin1').replace('validate_block', 'validate_other'),
  'latin1',
);

const answering = (answer: NonNullable<NonNullable<FakeBehaviour['spawns']>[0]['jobs']>[0]): Given => ({
  behaviour: { spawns: [{ jobs: [answer] }] },
});

const running =
  (...args: readonly string[]): End['run'] =>
  (cli) =>
    cli.run(args);

/** Compares version 1 of the plain module, `a.wasm`, with version 2, `b.wasm`. */
const comparing =
  (files: readonly [older: string, newer: string], ...args: readonly string[]): End['run'] =>
  (cli) => {
    cli.write('a.wasm', plainPvf);
    cli.write('b.wasm', plainPvfOf('plain', 2));
    return cli.run(['compare', ...args, ...files]);
  };

/** Writes each report to a file, and merges the files. */
const merging =
  (reportsOf: (report: Report) => readonly Report[]): End['run'] =>
  (cli) => {
    const files = reportsOf(accepted).map((report, at) => cli.write(`${at}.json`, JSON.stringify(report)));
    return cli.run(['report', 'merge', ...files]);
  };

/** Inspects `a.wasm`, then runs `pvf history` for it. */
const withHistory =
  (...args: readonly string[]): End['run'] =>
  async (cli) => {
    cli.write('a.wasm', plainPvf);
    await cli.run(['inspect', 'a.wasm']);
    return cli.run(['history', ...args, 'a.wasm']);
  };

const upgrading =
  (...args: readonly string[]): End['run'] =>
  (cli) =>
    cli.run(['upgrade', ...args, cli.write('a.wasm', plainPvf)]);

/** Runs the CLI with a script that Node loads before it. */
const withHook =
  (script: string): Preparation =>
  (cli) => {
    const hook = `${cli.folder}/hook.cjs`;
    writeFileSync(hook, script);
    return { behaviour: { spawns: [{ jobs: [{}] }] }, options: { env: { NODE_OPTIONS: `--require ${hook}` } } };
  };

function interrupted(signal: NodeJS.Signals): End {
  return {
    group: 'interrupted',
    status: 130,
    run: async (cli) => {
      const fake = await install(cli, { behaviour: { spawns: [{ jobs: [{}] }] } });
      const started = cli.start(['prepare', '--worker', fake.program, cli.write('a.wasm', plainPvf)]);
      await until('the request', () => fake.records('request').length === 1);
      started.signal(signal);
      return started.ended;
    },
  };
}

const fifo = (name: string) => (cli: CliBench) => {
  execFileSync('mkfifo', [cli.at(name)]);
  return { options: { makes: [name] } };
};

const through = (script: string): RunOptions => ({ through: ['sh', '-c', script, 'sh'] });

const pass = (run: End['run']): End => ({ group: 'pass', status: 0, run });
const fail = (run: End['run']): End => ({ group: 'fail', status: 1, run });
const unusable = (run: End['run']): End => ({ group: 'wrong usage, or unreadable input', status: 2, run });
const undecided = (run: End['run']): End => ({ group: 'undecided', status: 3, run });

/** The worker answers Ok, but leaves something else in the place of the artifact. */
const leaving = (instead: Parameters<typeof Object.assign>[0]) => async () =>
  answering({ ...(await okAnswer()), instead: instead as never });

export const ends: Readonly<Record<string, End>> = {
  'the worker prepares the runtime': pass(preparing({})),
  'a finding of severity error is allowed (`--allow`)': pass(
    preparing(
      (cli) => {
        cli.write('other.wasm', notOfParachain);
        return { args: ['--allow', 'no-validate-block'] };
      },
      ['other.wasm'],
    ),
  ),
  'the reader closes standard output early': pass(preparing({ options: through('"$@" | head -c 1 > /dev/null') })),
  'standard error is closed': pass(preparing({ options: through('"$@" 2>&-') })),
  '`pvf compare`: two runtimes': pass(comparing(['a.wasm', 'b.wasm'])),
  '`pvf compare`: identical code': pass(comparing(['a.wasm', 'a.wasm'])),
  '`pvf compare --baseline-is chain`: the version is higher': pass(
    comparing(['a.wasm', 'b.wasm'], '--baseline-is', 'chain'),
  ),
  '`pvf upgrade`: the runtime can ship': pass(upgrading('--worker', 'portable')),
  '`pvf upgrade --no-prepare`: nothing speaks against it': pass(upgrading('--no-prepare')),
  '`pvf history`: a runtime with results': pass(withHistory()),
  '`pvf history`: a runtime without results': pass(running('history', 'a.wasm')),
  '`pvf history --clear`': pass(withHistory('--clear')),
  '`pvf report merge`: all reports pass': pass(merging((report) => [report, report])),
  '`--help`': pass(running('--help')),
  '`--version`': pass(running('--version')),

  'validators would reject the runtime': fail(preparing(answering(errAnswer({ tag: 'Preparation', value: 'bad' })))),
  'the worker reports a huge error text': fail(
    preparing(answering(errAnswer({ tag: 'Preparation', value: 'x'.repeat(20_000_000) }))),
  ),
  'the preparation takes too long': fail(preparing({ ...answering({}), args: ['--timeout', '0.2'] })),
  'the preparation takes too much memory': fail(
    preparing(answering(errAnswer({ tag: 'OutOfMemory', value: undefined }))),
  ),
  'the job crashes': fail(
    preparing(answering(errAnswer({ tag: 'JobDied', value: { err: 'received signal: SIGSEGV', jobPid: 4 } }))),
  ),
  'a limit of the relay chain is exceeded': fail(
    preparing(
      (cli) => {
        cli.write('big.wasm', Buffer.concat([plainPvf, section(4 * 1024 * 1024)]));
        return {};
      },
      ['big.wasm'],
    ),
  ),
  'a limit of your budget is exceeded': fail(
    preparing((cli) => {
      cli.write('budget.json', '{"storedBytes": 1}');
      return { args: ['--budget', 'budget.json'] };
    }),
  ),
  'a finding of severity error is not allowed': fail(
    preparing(
      (cli) => {
        cli.write('other.wasm', notOfParachain);
        return {};
      },
      ['other.wasm'],
    ),
  ),
  '`pvf compare --baseline-is chain`: identical code': fail(comparing(['a.wasm', 'a.wasm'], '--baseline-is', 'chain')),
  '`pvf compare --baseline-is chain`: the version is lower': fail(
    comparing(['b.wasm', 'a.wasm'], '--baseline-is', 'chain'),
  ),
  '`pvf upgrade`: the chain runs this code already': fail(upgrading('--no-prepare', '--baseline', 'a.wasm')),
  'one runtime fails, another is undecided': fail(
    preparing(
      {
        behaviour: { spawns: [{ jobs: [{ after: 'die' }] }, { jobs: [errAnswer({ tag: 'Preparation', value: '' })] }] },
      },
      ['a.wasm', 'a.wasm'],
    ),
  ),

  'no command': unusable(running()),
  'an unknown command': unusable(running('prep')),
  'an unknown option': unusable(preparing({ args: ['--frobnicate'] })),
  'an option without its value': unusable(preparing({}, ['a.wasm', '--output'])),
  'no file': unusable(running('prepare')),
  'a file that does not exist': unusable(preparing({}, ['missing.wasm'])),
  'a folder': unusable(
    preparing(
      (cli) => {
        mkdirSync(cli.at('folder'));
        return { options: { makes: ['folder'] } };
      },
      ['folder'],
    ),
  ),
  'a FIFO': unusable(preparing(fifo('fifo'), ['fifo'])),
  'a device': unusable(preparing({}, ['/dev/zero'])),
  'a file that may not be read': unusable(
    preparing(
      (cli) => {
        chmodSync(cli.write('closed.wasm', plainPvf), 0);
        return { options: { through: asOwnerWithoutPrivileges } };
      },
      ['closed.wasm'],
    ),
  ),
  'one file is a runtime, another does not exist': unusable(preparing({}, ['a.wasm', 'missing.wasm'])),
  'a budget that does not exist': unusable(preparing({ args: ['--budget', 'missing.json'] })),
  'a budget that is no JSON': unusable(
    preparing((cli) => {
      cli.write('budget.json', '{');
      return { args: ['--budget', 'budget.json'] };
    }),
  ),
  '`pvf compare`: the older file does not exist': unusable(comparing(['missing.wasm', 'b.wasm'])),
  '`pvf compare`: the newer file does not exist': unusable(comparing(['a.wasm', 'missing.wasm'])),
  '`pvf compare`: a device': unusable(comparing(['a.wasm', '/dev/zero'])),
  '`pvf compare`: a format that only reports have': unusable(comparing(['a.wasm', 'b.wasm'], '--format', 'sarif')),
  '`pvf history`: two changes at once': unusable(withHistory('--clear', '--unpin')),
  '`pvf history --pin`: no such result': unusable(withHistory('--pin', 'no-branch')),
  '`--rpc` and `--profile`': unusable(preparing({ args: ['--rpc', 'ws://127.0.0.1:9', '--profile', 'relay-3mib'] })),
  '`--rpc`: an address that is no WebSocket URL': unusable(preparing({ args: ['--rpc', 'https://rpc.example.org'] })),
  '`--rpc`: a server that is no node': unusable(async (cli) => {
    const server = createServer((_, response) => response.end('a web page'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      return await cli.run(['limits', 'fetch', '--rpc', `ws://127.0.0.1:${port}`]);
    } finally {
      server.close();
    }
  }),
  '`--baseline chain` without `--rpc`': unusable(preparing({ args: ['--baseline', 'chain'] })),
  '`--para` with a file, without `--baseline chain`': unusable(
    preparing({ args: ['--rpc', 'ws://127.0.0.1:9', '--para', '2000'] }),
  ),
  '`--shard`: a part that there is not': unusable(preparing({ args: ['--shard', '4/3'] })),
  '`pvf chain` without `--rpc`': unusable(running('chain')),
  '`pvf report merge`: a file that is no report': unusable((cli) =>
    cli.run(['report', 'merge', cli.write('a.json', '{}')]),
  ),
  '`pvf report merge`: two files disagree': unusable(
    merging((report) => [report, { ...report, conclusion: { ...report.conclusion, status: 'undecided' } }]),
  ),
  'an `--output` file in the place of a folder': unusable(preparing({ args: ['--output', 'a.wasm/report.txt'] })),

  'no such worker': undecided(preparing({}, ['a.wasm', '--worker', '/no/worker'])),
  'the worker does not start': undecided(preparing({ behaviour: { spawns: [{ start: 'exit', status: 7 }] } })),
  'the worker dies': undecided(preparing(answering({ after: 'die' }))),
  'the job is killed': undecided(
    preparing(answering(errAnswer({ tag: 'JobDied', value: { err: 'received signal: SIGKILL', jobPid: 4 } }))),
  ),
  'the worker sends nonsense': undecided(preparing(answering({ bytes: '0400000000000000deadbeef' }))),
  'the worker announces too many bytes': undecided(preparing(answering({ bytes: '0000000000000080' }))),
  'the worker leaves no artifact': undecided(preparing(leaving({ kind: 'nothing' }))),
  'the worker leaves a FIFO as its artifact': undecided(preparing(leaving({ kind: 'fifo' }))),
  'the worker leaves a link as its artifact': undecided(preparing(leaving({ kind: 'link', target: '/dev/zero' }))),
  'the worker leaves an artifact of 8 TiB': undecided(preparing(leaving({ kind: 'sparse', bytes: 8 * 2 ** 40 }))),
  'the worker floods standard error and dies': undecided(
    preparing(answering({ flood: { bytes: 600_000_000, lineBytes: 0 }, after: 'die' })),
  ),
  'the worker floods standard error with lines and dies': undecided(
    preparing(answering({ flood: { bytes: 100_000_000, lineBytes: 80 }, after: 'die' })),
  ),
  '`--rpc`: a server that can not be reached': undecided(preparing({ args: ['--rpc', 'ws://127.0.0.1:9'] })),
  '`pvf report merge`: a part of the list is missing': undecided(
    merging((report) => [{ ...report, shard: { index: 1, count: 2, position: 0, total: 2, list: 'a' } }]),
  ),
  'there is no folder for temporary files': undecided(preparing({ options: { env: { TMPDIR: '/no/folder' } } })),
  'standard output is full': undecided(preparing({ options: through('"$@" > /dev/full') })),
  'the disk of `--output` is full': undecided(preparing({ args: ['--output', '/dev/full'] })),
  'pvf itself throws': undecided(preparing(withHook('setTimeout(() => { throw new Error("a defect"); }, 1000);'))),
  'pvf itself throws something that is no error': undecided(
    preparing(withHook('setTimeout(() => { throw null; }, 1000);')),
  ),
  'pvf itself rejects': undecided(
    preparing(withHook('setTimeout(() => { Promise.reject(new Error("a defect")); }, 1000);')),
  ),
  'pvf itself has a file that does not load': undecided(
    preparing(
      withHook(
        'const M = require("node:module"), load = M._load; M._load = (name, ...rest) => { if (name === "node:worker_threads") throw new Error("a defect"); return load(name, ...rest); };',
      ),
    ),
  ),
  'pvf itself stops before it has an answer': undecided(
    preparing(withHook('const fs = require("node:fs/promises"); fs.stat = () => new Promise(() => {});')),
  ),

  'Ctrl-C (SIGINT)': interrupted('SIGINT'),
  SIGTERM: interrupted('SIGTERM'),
  'SIGHUP, when the terminal closes': interrupted('SIGHUP'),
  'Ctrl-\\ (SIGQUIT)': interrupted('SIGQUIT'),
};

/** A custom section with a content of so many bytes. */
function section(bytes: number): Buffer {
  const content = Buffer.alloc(bytes + 2);
  content.set([1, 0x6e]);
  const length: number[] = [];
  for (let rest = content.length; ; rest >>>= 7) {
    length.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) return Buffer.concat([Buffer.of(0, ...length), content]);
  }
}
