import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { PvfApi } from '../../src/editor/api.ts';
import { commandIds } from '../../src/editor/contributions.ts';
import { tinyPvf } from '../../src/worker/identity/tiny-pvf.ts';

const [folder] = vscode.workspace.workspaceFolders ?? [];
const root = folder?.uri.fsPath ?? '';
const blob = path.join(root, 'target/release/wbuild/tiny-runtime/tiny_runtime.compact.compressed.wasm');
const manifest = path.join(root, 'runtime/Cargo.toml');

async function activated(): Promise<PvfApi> {
  const extension = vscode.extensions.getExtension<PvfApi>('polkadot-pvf.polkadot-pvf');
  assert(extension);
  return extension.activate();
}

function write(file: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

async function until(what: string, isSo: () => boolean): Promise<void> {
  const end = performance.now() + 75_000;
  while (!isSo()) {
    assert(performance.now() < end, `waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const rejections = () =>
  vscode.languages
    .getDiagnostics(vscode.Uri.file(manifest))
    .filter(({ source, severity }) => source === 'pvf' && severity === vscode.DiagnosticSeverity.Error);

/** Command lines of the built-in worker's processes. */
function workers(): number {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return line.includes('prepare-worker') && line.includes('--socket-path');
    } catch {
      return false;
    }
  }).length;
}

/** A module that takes seconds to compile. */
function manyFunctions(count: number): Uint8Array {
  const leb = (value: number) => [(value & 127) | 128, ((value >> 7) & 127) | 128, (value >> 14) & 127];
  const section = (id: number, content: readonly number[]) => [id, ...leb(content.length), ...content];
  const body = [...Array(40).fill([0x20, 0, 0x41, 3, 0x6c, 0x21, 0]).flat(), 0x20, 0, 0x0b];
  const one = [...leb(body.length + 1), 0, ...body];
  const times = (item: readonly number[]) => Array(count).fill(item).flat();
  const magic = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const type = section(1, [1, 0x60, 1, 0x7f, 1, 0x7f]);
  const functions = section(3, [...leb(count), ...times([0])]);
  // Few enough bytes for three of LEB128.
  return Uint8Array.from([...magic, ...type, ...functions, ...section(10, [...leb(count), ...times(one)])]);
}

describe('the checks in VS Code', function () {
  this.timeout(180_000);

  before(async () => {
    await vscode.workspace.getConfiguration('pvf').update('worker', 'portable', vscode.ConfigurationTarget.Global);
    write(path.join(root, 'Cargo.toml'), '[workspace]\nmembers = ["runtime"]\n');
    write(manifest, '[package]\nname = "tiny-runtime"\nversion = "1.0.0"\n');
    write(path.join(root, 'runtime/src/lib.rs'), '');
    write(blob, tinyPvf);
  });

  it('has all its commands', async () => {
    await activated();
    const known = await vscode.commands.getCommands();
    assert.deepEqual(
      commandIds.filter((id) => !known.includes(id)),
      [],
    );
  });

  it('prepares through the public API', async () => {
    const api = await activated();
    const report = await api.prepare(vscode.Uri.file(blob));
    assert.equal(report.verdict.vote, 'accept', report.verdict.reason);
    assert.equal(report.worker?.kind, 'portable');
  });

  it('prepares a blob that changed, shows its rejection in Cargo.toml, and clears it when it is mended', async () => {
    const api = await activated();
    const fired: string[] = [];
    const subscription = api.onDidPrepare(({ report }) => fired.push(report.verdict.vote));
    // A function body that ends before its time.
    const broken = Uint8Array.from(tinyPvf);
    broken[broken.length - 1] = 0x1a;
    write(blob, broken);
    await until('an error in Cargo.toml', () => rejections().length > 0);
    write(blob, tinyPvf);
    await until('no error in Cargo.toml', () => rejections().length === 0);
    await until('both were told', () => fired.includes('reject') && fired.at(-1) === 'accept');
    subscription.dispose();
  });

  it('leaves no process of a check that is cancelled', async () => {
    const api = await activated();
    const other = path.join(root, 'other.wasm');
    write(other, manyFunctions(6000));
    const cancel = new AbortController();
    const preparing = api.prepare(vscode.Uri.file(other), { signal: cancel.signal });
    preparing.catch(() => {});
    setTimeout(() => cancel.abort(new Error('enough')), 150);
    await assert.rejects(preparing, /enough/);
    await until('no worker is left', () => workers() === 0);
  });
});
