/** Files that are no runtime, through the built CLI: an input problem is the user's to mend (2), bad code is rejected (1). */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, ftruncateSync, openSync, readFileSync, symlinkSync } from 'node:fs';
import { isProblem, isReport } from '../../src/model/input-problem.ts';
import { installFakeWorker, okAnswer } from '../support/fake-worker.ts';
import { describeWithOfficialWorker } from '../support/official-worker.ts';
import { plainPvf } from '../support/plain-pvf.ts';
import { asOwnerWithoutPrivileges } from '../support/privileges.ts';
import {
  type CliBench,
  entriesOf,
  needBuiltCli,
  problemOf,
  type RunOptions,
  reportOf,
  reportsOf,
  withCli,
} from '../support/run-cli.ts';

const GIB = 1024 ** 3;
const COMPRESSED_MAGIC = Uint8Array.of(0x52, 0xbc, 0x53, 0x76, 0x46, 0xdb, 0x8e, 0x05);
const hexOfPvf = Buffer.from(plainPvf).toString('hex');

interface Unreadable {
  /** Makes the input and returns its path. */
  make(cli: CliBench): string;
  readonly cause: RegExp;
  readonly remedy?: RegExp;
  readonly options?: RunOptions;
}

const spec = (genesis: object, more: object = {}) => JSON.stringify({ name: 'x', id: 'x', genesis, ...more });

function sparse(cli: CliBench, bytes: number): string {
  const path = cli.write('big.wasm', '');
  const file = openSync(path, 'r+');
  ftruncateSync(file, bytes);
  closeSync(file);
  return path;
}

const unreadable: Readonly<Record<string, Unreadable>> = {
  'a missing file': {
    make: (cli) => cli.at('none.wasm'),
    cause: /the file does not exist/,
    remedy: /build the runtime/,
  },
  'a missing folder': {
    make: (cli) => cli.at('no/none.wasm'),
    cause: /the file does not exist/,
    remedy: /Check the path/,
  },
  'a directory': { make: (cli) => cli.folder, cause: /a directory/ },
  'a FIFO': {
    make: (cli) => {
      execFileSync('mkfifo', [cli.at('pipe')]);
      return cli.at('pipe');
    },
    cause: /a FIFO/i,
    options: { makes: ['pipe'] },
  },
  'a device': { make: () => '/dev/zero', cause: /device/ },
  'a loop of links': {
    make: (cli) => {
      symlinkSync('b.wasm', cli.at('a.wasm'));
      symlinkSync('a.wasm', cli.at('b.wasm'));
      return cli.at('a.wasm');
    },
    cause: /loop/,
    options: { makes: ['a.wasm', 'b.wasm'] },
  },
  'a file that may not be read': {
    make: (cli) => {
      const path = cli.write('secret.wasm', plainPvf);
      chmodSync(path, 0);
      return path;
    },
    cause: /permission|not allowed|may not/i,
    options: { through: asOwnerWithoutPrivileges },
  },
  'an empty file': { make: (cli) => cli.write('a.wasm', ''), cause: /empty/ },
  'a file of 1 GiB': { make: (cli) => sparse(cli, GIB), cause: /1\.00 GiB/ },
  'hex text with an odd number of digits': {
    make: (cli) => cli.write('a.hex', `0x${hexOfPvf}0`),
    cause: /an odd number of digits \(389\)/,
    remedy: /cut off/,
  },
  'hex text with a wrong digit': {
    make: (cli) => cli.write('a.hex', `0x${hexOfPvf}zz`),
    cause: /"z" after 388 digits/,
    remedy: /hex digits/,
  },
  'hex text without digits': {
    make: (cli) => cli.write('a.hex', '0x\n'),
    cause: /no hex digits after 0x/,
  },
  'a chain spec without code': {
    make: (cli) => cli.write('spec.json', spec({ stateRootHash: '0x00' })),
    cause: /this chain spec has no code: .*state root hash/,
    remedy: /wasm file, or a chain spec with code/,
  },
  'JSON that is no chain spec': {
    make: (cli) => cli.write('package.json', '{"name": "x"}'),
    cause: /not a chain spec/,
    remedy: /wasm file itself/,
  },
  'a truncated chain spec': {
    make: (cli) => cli.write('spec.json', spec({ runtimeGenesis: { code: '0x00' } }).slice(0, -5)),
    cause: /the JSON is invalid/,
    remedy: /Export the chain spec again/,
  },
  'a chain spec whose code is no hex text': {
    make: (cli) => cli.write('spec.json', spec({ runtimeGenesis: { code: '0x123' } })),
    cause: /in genesis\.runtimeGenesis\.code, the hex text has an odd number of digits/,
  },
  'random bytes': {
    make: (cli) => cli.write('a.wasm', Buffer.from('f00dfacecafe0102030405060708090a', 'hex')),
    cause: /this is unknown data of 16 bytes that begins with f00dfacecafe0102/,
    remedy: /0061736d/,
  },
  'plain text': {
    make: (cli) => cli.write('a.wasm', 'hello, this is no wasm\n'),
    cause: /this is text of 23 bytes/,
  },
  'a code substitute that is not there': {
    make: (cli) => {
      cli.write('spec.json', spec({ runtimeGenesis: { code: `0x${hexOfPvf}` } }, { codeSubstitutes: { 7: '0x00' } }));
      return cli.at('spec.json#8');
    },
    cause: /no code substitute for block 8/,
    remedy: /7/,
  },
};

describe('pvf prepare with an input that cannot be read', () => {
  before(needBuiltCli);
  for (const [name, { make, cause, remedy = /\. [A-Z].*\.$/, options = {} }] of Object.entries(unreadable)) {
    it(name, () =>
      withCli(async (cli) => {
        const path = make(cli);
        const ended = await cli.run(['prepare', '--json', path], options);
        assert.equal(ended.code, 2, ended.stderr);
        const { problem, path: named } = problemOf(ended);
        assert.equal(named, path);
        assert.match(`${problem.message} ${problem.remedy}`, new RegExp(cause, 'i'));
        const [line, ...others] = ended.stderr.trimEnd().split('\n');
        assert.deepEqual(others, [], 'one line tells all');
        assert.ok(line?.startsWith(`error: ${path}: `), line);
        assert.match(line ?? '', cause);
        assert.match(line ?? '', remedy, 'a remedy follows the cause');
      }),
    );
  }

  for (const command of ['prepare', 'inspect']) {
    it(`names each one once in the text of ${command}, with escaped control characters`, () =>
      withCli(async (cli) => {
        const ended = await cli.run([command, 'a\u001b[2J.wasm', 'b.wasm']);
        assert.equal(ended.code, 2);
        assert.equal(ended.stderr, '');
        assert.match(ended.stdout, /^NOT READ {2}a\\u\{1b\}\[2J\.wasm\n {2}The file does not exist\.\n {2}help: /);
        assert.match(ended.stdout, /\nNOT READ {2}b\.wasm\n/);
        assert.match(ended.stdout, /\n2 files are no runtime, or can not be read\.\n$/);
      }));

    it(`has an entry for each in the formats of ${command}`, () =>
      withCli(async (cli) => {
        cli.write('page.wasm', '<!doctype html>');
        for (const format of ['json', 'markdown', 'sarif', 'junit']) {
          const ended = await cli.run([command, '--format', format, 'page.wasm']);
          assert.equal(ended.code, 2);
          assert.match(ended.stdout, /page/);
          assert.match(ended.stdout, /html-page/);
          assert.match(ended.stderr, /^error: page\.wasm: this is an HTML page\. The download[^\n]*\n$/);
        }
      }));
  }

  it('writes the text to --output, and names the problem on stderr', () =>
    withCli(async (cli) => {
      const ended = await cli.run(['inspect', '--output', 'report.txt', 'none.wasm'], { makes: ['report.txt'] });
      assert.equal(ended.code, 2);
      assert.match(ended.stderr, /^error: none\.wasm: the file does not exist\./);
      assert.match(readFileSync(cli.at('report.txt'), 'utf8'), /^NOT READ {2}none\.wasm\n/);
    }));

  it('prepares the readable files, and still prints a list', () =>
    withCli(async (cli) => {
      const { program } = installFakeWorker(cli.folder, { spawns: [{ jobs: [await okAnswer()] }] });
      const good = cli.write('good.wasm', plainPvf);
      const ended = await cli.run(['prepare', '--json', '--worker', program, cli.at('bad.wasm'), good]);
      assert.equal(ended.code, 2);
      assert.ok(ended.stdout.startsWith('['), 'an array, because there were two files');
      const [problem, report, ...others] = entriesOf(ended);
      assert.deepEqual(others, []);
      assert.ok(problem && isProblem(problem) && report && isReport(report), 'in the order of the arguments');
      assert.equal(problem.path, cli.at('bad.wasm'));
      assert.equal(report.runtime.path, good);
      assert.equal(report.vote, 'accept');
      assert.match(ended.stderr, /^error: .*bad\.wasm: the file does not exist\./);
    }));
});

interface Rejected {
  readonly content: string | Uint8Array;
  readonly variant: string;
  readonly message: RegExp;
}

const rejected: Readonly<Record<string, Rejected>> = {
  'truncated wasm': { content: plainPvf.slice(0, 83), variant: 'Prevalidation', message: /UnexpectedEof/ },
  'damaged zstd': {
    content: Buffer.concat([COMPRESSED_MAGIC, Buffer.from('28b52ffd04ff', 'hex')]),
    variant: 'CouldNotDecompressCodeBlob',
    message: /Blob had invalid format/,
  },
  'a PolkaVM blob': { content: 'PVM\0\0\0\0\0', variant: 'Prevalidation', message: /found a PolkaVM runtime blob/ },
};

describeWithOfficialWorker('pvf prepare with code that validators refuse', (worker) => {
  before(needBuiltCli);
  for (const [name, { content, variant, message }] of Object.entries(rejected)) {
    it(name, () =>
      withCli(async (cli) => {
        const path = cli.write('a.wasm', content);
        const ended = await cli.run(['prepare', '--json', '--worker', worker, path]);
        const { vote, outcome, runtime, stats, findings } = reportOf(ended);
        assert.equal(ended.code, 1);
        assert.equal(ended.stderr, '');
        assert.equal(vote, 'reject');
        assert.equal(outcome?.error?.variant, variant);
        assert.match(outcome?.error?.message ?? '', message);
        assert.equal(runtime.storedBytes, readFileSync(path).length);
        assert.equal(stats?.artifactBytes, undefined);
        assert.match(findings[0]?.hint ?? '', /\.$/);
      }),
    );
  }

  const containers: Readonly<Record<string, readonly [content: string | Uint8Array, container: string]>> = {
    wasm: [plainPvf, 'wasm'],
    'hex text': [`0x${hexOfPvf}\n`, 'hex'],
    'hex text without 0x': [hexOfPvf, 'hex'],
    'a chain spec': [spec({ runtimeGenesis: { code: `0x${hexOfPvf}` } }), 'chain-spec'],
    'a raw chain spec': [spec({ raw: { top: { '0x3a636f6465': `0x${hexOfPvf}` } } }), 'chain-spec'],
  };
  for (const [name, [content, container]] of Object.entries(containers)) {
    it(`reads code from ${name}`, () =>
      withCli(async (cli) => {
        const ended = await cli.run(['prepare', '--json', '--worker', worker, cli.write('a', content)]);
        const { runtime, vote } = reportOf(ended);
        assert.equal(ended.code, 0);
        assert.equal(vote, 'accept');
        assert.equal(runtime.container, container);
        assert.equal(runtime.storedBytes, plainPvf.length);
      }));
  }

  it('reads a code substitute from a chain spec', () =>
    withCli(async (cli) => {
      const code = { runtimeGenesis: { code: '0x0061736d' } };
      cli.write('spec.json', spec(code, { codeSubstitutes: { 42: `0x${hexOfPvf}` } }));
      const ended = await cli.run(['prepare', '--json', '--worker', worker, 'spec.json', 'spec.json#42']);
      assert.deepEqual(
        reportsOf(ended).map(({ vote }) => vote),
        ['reject', 'accept'],
      );
      assert.equal(ended.code, 1);
    }));

  it('reads a file whose name begins with a dash after --', () =>
    withCli(async (cli) => {
      cli.write('-a.wasm', plainPvf);
      const ended = await cli.run(['prepare', '--json', '--worker', worker, '--', '-a.wasm']);
      assert.equal(ended.code, 0);
      assert.equal(reportOf(ended).runtime.path, '-a.wasm');
    }));

  it('follows a link, and reports the given name', () =>
    withCli(async (cli) => {
      cli.write('a.wasm', plainPvf);
      symlinkSync('a.wasm', cli.at('link.wasm'));
      const ended = await cli.run(['prepare', '--json', '--worker', worker, 'link.wasm'], { makes: ['link.wasm'] });
      assert.equal(reportOf(ended).runtime.path, 'link.wasm');
    }));
});
