import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { SLOW_MS } from './until.ts';

/** A Cargo project with the crate of one runtime. */
export interface Project {
  readonly crate: string;
  readonly folder: string;
  readonly manifest: string;
  readonly lib: string;
  readonly buildScript: string;
  /** The compressed blob of a release build. */
  readonly blob: string;
  /** The extension's id of the runtime. */
  readonly id: string;
  path(...names: string[]): string;
  /** Creates missing folders. */
  write(name: string, content: string | Uint8Array): string;
  /** Writes a blob like a build, which empties the file first. */
  build(blob: Uint8Array): void;
  /** Writes a blob atomically: no search can find the empty file. */
  swap(blob: Uint8Array): void;
  /** Deletes the whole project, including the crate. */
  remove(): Promise<void>;
}

const sources = {
  'Cargo.toml': '[workspace]\nmembers = ["runtime"]\n',
  'runtime/build.rs': 'fn main() {\n    substrate_wasm_builder::WasmBuilder::build_using_defaults();\n}\n',
  'runtime/src/lib.rs': `// construct_runtime! in a comment is none.
construct_runtime!(
    pub enum Runtime {}
);

cumulus_pallet_parachain_system::register_validate_block! {
    Runtime = Runtime,
}
`,
};

/** The opened folder. */
export function rootFolder(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert(folder);
  return folder.uri.fsPath;
}

/** Call it in a `describe`. Provides a project without a build for all tests. @param inFolder default: the opened folder */
export function useProject(crate: string, inFolder: () => string = rootFolder): Project {
  const place = () => path.join(inFolder(), `${crate}-project`);
  const at = (...names: string[]) => path.join(place(), ...names);
  const stem = at.bind(undefined, 'target/release/wbuild', crate, crate.replaceAll('-', '_'));
  const write = (name: string, content: string | Uint8Array) => {
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
    return at(name);
  };
  const remove = async () => {
    rmSync(place(), { recursive: true, force: true, maxRetries: 3 });
    await vscode.commands.executeCommand('pvf.refresh');
  };
  const project: Project = {
    crate,
    get folder() {
      return place();
    },
    get manifest() {
      return at('runtime/Cargo.toml');
    },
    get lib() {
      return at('runtime/src/lib.rs');
    },
    get buildScript() {
      return at('runtime/build.rs');
    },
    get blob() {
      return `${stem()}.compact.compressed.wasm`;
    },
    get id() {
      return stem();
    },
    path: at,
    write,
    build: (blob) => {
      write(path.relative(place(), project.blob), blob);
    },
    swap: (blob) => renameSync(write('target/new.wasm', blob), project.blob),
    remove,
  };
  before(`create the project of ${crate}`, async () => {
    for (const [name, text] of Object.entries(sources)) write(name, text);
    write(
      'runtime/Cargo.toml',
      `[package]\nname = "${crate}"\nversion = "1.0.0"\n\n[dependencies]\ncumulus-pallet-parachain-system = "0.32"\n`,
    );
    await vscode.commands.executeCommand('pvf.refresh');
  });
  after(`remove the project of ${crate}`, async function () {
    this.timeout(SLOW_MS);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await remove();
  });
  return project;
}
