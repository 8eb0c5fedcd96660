/** The examples for many machines: each part is a process of its own, and the merged report is that of the whole. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { root } from '../../scripts/vscode-rig/folders.ts';
import type { Report } from '../../src/model/report.ts';
import { plainPvfOf } from '../support/plain-pvf.ts';
import { needBuiltCli } from '../support/run-cli.ts';

const cli = path.join(root, 'dist/cli.cjs');
const parts = 3;

interface Job {
  readonly kind: string;
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly [{ readonly command: string[] }] } };
  };
}

/** The shell lines of the Job in an example, with another folder for the reports. */
function linesOf(file: string, reports: string): string {
  const documents = parseAllDocuments(readFileSync(path.join(root, 'examples/ci', file), 'utf8'));
  const job = documents.map((document) => document.toJS() as Job).find(({ kind }) => kind === 'Job');
  const line = job?.spec.template.spec.containers[0].command[2];
  assert.ok(line !== undefined);
  assert.match(line, /\/reports\//);
  return line.replaceAll('/reports/', `${reports}/`);
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
}

describe('the Kubernetes example', () => {
  let folder = '';
  const at = (name: string) => path.join(folder, name);

  before(() => {
    needBuiltCli();
    folder = mkdtempSync(path.join(tmpdir(), 'shards-'));
    for (const name of ['bin', 'blobs', 'reports', 'home']) mkdirSync(at(name));
    for (let index = 0; index < 7; index += 1)
      writeFileSync(at(`blobs/${index}.wasm`), plainPvfOf(`chain-${index}`, 1));
    // The relay chain is a folder here. The tests of `pvf chain` have a real one.
    const chain =
      'shift 3; set -- prepare --no-history --worker portable "$@"; for f in blobs/*; do set -- "$@" "$f"; done';
    writeFileSync(
      at('bin/pvf'),
      `#!/bin/sh\n[ "$1" = chain ] && { ${chain}; }\nexec '${process.execPath}' '${cli}' "$@"\n`,
    );
    chmodSync(at('bin/pvf'), 0o755);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  const env = (more: Readonly<Record<string, string>> = {}) => ({
    ...{ PATH: `${at('bin')}:/usr/bin:/bin`, HOME: at('home'), PVF_CACHE_DIR: at('home/cache') },
    ...{ RELAY_CHAIN: 'wss://rpc.example.org', SHARDS: String(parts) },
    ...more,
  });

  it('checks each code once, and comes to the conclusion of the whole', async function () {
    this.timeout(300_000);
    const lines = linesOf('kubernetes.yml', at('reports'));
    const pods = Array.from({ length: parts }, (_, index) =>
      ended(
        spawn('sh', ['-c', lines], {
          cwd: folder,
          env: env({ JOB_COMPLETION_INDEX: String(index) }),
          stdio: 'inherit',
        }),
      ),
    );
    assert.deepEqual(await Promise.all(pods), [0, 0, 0]);
    assert.deepEqual(readdirSync(at('reports')).sort(), ['part-1.json', 'part-2.json', 'part-3.json']);

    const merge = spawnSync('sh', ['-c', linesOf('kubernetes-merge.yml', at('reports'))], {
      cwd: folder,
      env: env(),
      encoding: 'utf8',
    });
    const whole = spawnSync(at('bin/pvf'), ['chain', '--rpc', 'x', '--json'], {
      cwd: folder,
      env: env(),
      encoding: 'utf8',
    });
    assert.equal(merge.status, whole.status, merge.stderr);
    const facts = (text: string) =>
      (JSON.parse(text) as readonly Report[]).map(({ runtime, vote, conclusion }) => [
        runtime.path,
        runtime.codeHash,
        vote,
        conclusion,
      ]);
    assert.deepEqual(facts(readFileSync(at('reports/report.json'), 'utf8')), facts(whole.stdout));
  });

  it('fails when a part is missing', () => {
    rmSync(at('reports/part-2.json'));
    const merge = spawnSync('sh', ['-c', linesOf('kubernetes-merge.yml', at('reports'))], {
      cwd: folder,
      env: env(),
      encoding: 'utf8',
    });
    assert.equal(merge.status, 2, merge.stderr);
    assert.match(merge.stderr, /part-2\.json/);
  });
});
