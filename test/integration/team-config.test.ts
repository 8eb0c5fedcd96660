/** The command line and the editor come to the same conclusion from one `pvf.json`. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { ThreadClient } from '../../src/editor/check-thread/thread-client.ts';
import { checkSettings } from '../../src/editor/core/check-settings.ts';
import type { Report } from '../../src/model/report.ts';
import { ownPackage } from '../support/built-in.ts';
import { plainPvf } from '../support/plain-pvf.ts';
import { type CliBench, needBuiltCli, reportOf, withCli } from '../support/run-cli.ts';

const log = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };

/** What the check thread says with the settings of a workspace folder. */
async function checkInEditor(
  cli: CliBench,
  blob: string,
  set: Readonly<Record<string, unknown>> = {},
): Promise<Report> {
  const place = { workspaceFolder: cli.cwd, workspaceFolders: [cli.cwd], isTrusted: true, verbose: false };
  const settings = checkSettings(
    (key) => set[key],
    place,
    (message) => assert.fail(message),
  );
  const before = process.env['PVF_CACHE_DIR'];
  process.env['PVF_CACHE_DIR'] = cli.cache;
  try {
    const program = path.join(ownPackage, 'dist/check-thread.cjs');
    await using client = new ThreadClient(program, { packageFolder: ownPackage, packageVersion: '0.1.0' }, log);
    return (await client.request('check', { kind: 'prepare', path: blob, settings })).report;
  } finally {
    if (before === undefined) delete process.env['PVF_CACHE_DIR'];
    else process.env['PVF_CACHE_DIR'] = before;
  }
}

const opinion = ({ conclusion, vote, limits, findings }: Report) => ({
  conclusion,
  vote,
  profile: limits.profile,
  items: limits.items.filter(({ id }) => !/cpu-time|memory/.test(id)),
  findings: findings.map(({ id, severity, allowed }) => `${id} ${severity}${allowed ? ' allowed' : ''}`),
});

const rules = {
  runtimes: ['*.wasm'],
  worker: 'portable',
  profile: 'relay-5mib',
  metadata: false,
  budget: { storedBytes: 100_000, crates: { nope: 5 } },
  findings: { 'not-compressed': 'error', 'near-estimate': 'off' },
  allow: ['not-compressed', 'no-runtime-version'],
};

const cases: Readonly<Record<string, readonly [change: object, status: string]>> = {
  'a budget that holds and errors that are allowed': [{}, 'pass'],
  'a finding that the team made an error': [{ allow: ['no-runtime-version'] }, 'fail'],
  'a budget that is exceeded': [{ budget: { storedBytes: 5 } }, 'fail'],
  'another profile': [{ profile: './tiny.json' }, 'fail'],
};

describe('pvf.json in the command line and in the editor', () => {
  before(needBuiltCli);

  for (const [what, [change, status]] of Object.entries(cases)) {
    it(`gives one conclusion: ${what}`, () =>
      withCli(async (cli) => {
        const blob = cli.write('a.wasm', plainPvf);
        const tiny = { name: 'tiny', source: 'a test', date: '2026-11-23', maxCodeSize: 100 };
        cli.write('tiny.json', JSON.stringify(tiny));
        cli.write('pvf.json', JSON.stringify({ ...rules, ...change }));
        const ended = await cli.run(['prepare', '--json', '--trust-workspace']);
        const printed = reportOf(ended);
        assert.equal(printed.conclusion.status, status, JSON.stringify(printed.findings));
        assert.equal(ended.code, status === 'pass' ? 0 : 1);
        assert.deepEqual(opinion(await checkInEditor(cli, blob)), opinion(printed));
      }));
  }

  it('follows a flag and a setting of the user first', () =>
    withCli(async (cli) => {
      const blob = cli.write('a.wasm', plainPvf);
      cli.write('pvf.json', JSON.stringify(rules));
      const printed = reportOf(await cli.run(['prepare', '--json', '--worker', 'portable', '--profile', 'relay-3mib']));
      assert.equal(printed.limits.profile, 'relay-3mib');
      assert.deepEqual(opinion(await checkInEditor(cli, blob, { profile: 'relay-3mib' })), opinion(printed));
    }));

  it('decides nothing from a broken file', () =>
    withCli(async (cli) => {
      const blob = cli.write('a.wasm', plainPvf);
      const file = cli.write('pvf.json', '{"budgets": {}}');
      const { code, stderr } = await cli.run(['prepare', blob]);
      assert.equal(code, 2);
      assert.match(stderr, /pvf\.json: unknown member budgets; the known members are /);
      await assert.rejects(checkInEditor(cli, blob), (error: Error) =>
        error.message.startsWith(`${file}: unknown member`),
      );
    }));

  it('runs no worker that the file of an untrusted folder names', () =>
    withCli(async (cli) => {
      cli.write('a.wasm', plainPvf);
      cli.write('pvf.json', JSON.stringify({ ...rules, worker: './evil' }));
      const ended = await cli.run(['prepare', '--json']);
      assert.equal(reportOf(ended).worker?.kind, 'portable');
      assert.match(ended.stderr, /pvf\.json: worker is not used, because the folder is not trusted\. Run `pvf trust`/);
    }));

  it('is written by pvf init, and holds', () =>
    withCli(async (cli) => {
      const blob = cli.write('a.wasm', plainPvf);
      const made = await cli.run(['init', '--worker', 'portable', blob], { makes: ['pvf.json'] });
      assert.equal(made.code, 0, made.stderr);
      const again = await cli.run(['init']);
      assert.equal(again.code, 2);
      assert.match(again.stderr, /pvf\.json is there already, and is not overwritten/);
      const { limits } = reportOf(await cli.run(['prepare', '--json', '--worker', 'portable']));
      assert.ok(limits.items.some(({ id }) => id === 'stored-bytes-budget'));
      assert.ok(limits.items.every(({ level }) => level === 'ok'));
    }));
});
