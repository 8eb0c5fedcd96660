/** Measures the search for runtimes in a workspace with a large target folder (large-target.ts). */
import path from 'node:path';
import * as vscode from 'vscode';
import { tinyPvf } from '../../../../src/worker/probe/tiny-pvf.ts';
import type { SearchFigures } from '../figures.ts';
import { theExtension, wallOf, workspaceFolder, write, writeFigures } from '../in-host.ts';

const LATER_SEARCHES = 20;

describe('the search for runtimes', function () {
  this.timeout(300_000);

  it('is measured', async () => {
    const extension = theExtension();
    const wasActive = extension.isActive;
    const folder = workspaceFolder();
    write(path.join(folder, 'Cargo.toml'), '[workspace]\nmembers = ["runtime"]\n');
    write(path.join(folder, 'runtime/Cargo.toml'), '[package]\nname = "tiny-runtime"\nversion = "1.0.0"\n');
    write(path.join(folder, 'target/release/wbuild/tiny-runtime/tiny_runtime.compact.compressed.wasm'), tinyPvf);
    await extension.activate();
    const search = () => vscode.commands.executeCommand('pvf.refresh');
    const first = await wallOf(search);
    const later: number[] = [];
    for (let n = 0; n < LATER_SEARCHES; n += 1) later.push(await wallOf(search));
    const figures: SearchFigures = { wasActive, first, later };
    writeFigures(figures);
  });
});
