import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { generatedManifest } from '../../../support/generated-manifest.ts';

export const WASM = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0);
export const COMPRESSED = Uint8Array.of(0x52, 0xbc, 0x53, 0x76, 0x46, 0xdb, 0x8e, 0x05, 0x28, 0xb5, 0x2f, 0xfd);
export const POLKAVM = Uint8Array.of(0x50, 0x56, 0x4d, 0, 1);

export interface BuildTree {
  readonly root: string;
  path(...names: string[]): string;
  /** Creates missing folders. */
  write(name: string, content: string | Uint8Array, modified?: Date): string;
  /** `Cargo.toml` of a crate in `folder`. */
  crate(folder: string, name: string): string;
  /** Writes the output of a release build to `<target>/wbuild/<crate>`. The crate is in `crateFolder`. */
  wbuild(profileFolder: string, crate: string, options?: WbuildOptions): string;
}

export interface WbuildOptions {
  readonly crateFolder?: string;
  readonly stem?: string;
  /** `dev` creates only the bloaty file. */
  readonly profile?: 'dev' | 'release';
  readonly modified?: Date;
}

export const BUILT = new Date('2026-01-02T03:04:05Z');

export function useBuildTree(): BuildTree {
  let root = '';
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'pvf-runtimes-')));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const path = (...names: string[]) => join(root, ...names);
  const write = (name: string, content: string | Uint8Array, modified = BUILT) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), content);
    utimesSync(path(name), modified, modified);
    return path(name);
  };
  const crate = (folder: string, name: string) =>
    write(join(folder, 'Cargo.toml'), `[package]\nname = "${name}"\nversion = "1.0.0"\n`);
  const wbuild = (profileFolder: string, name: string, options: WbuildOptions = {}) => {
    const {
      crateFolder = '/nowhere/at/all',
      stem = name.replaceAll('-', '_'),
      profile = 'release',
      modified,
    } = options;
    const folder = join(profileFolder, 'wbuild', name);
    write(join(folder, 'Cargo.toml'), generatedManifest(name, crateFolder));
    write(join(folder, 'Cargo.lock'), 'version = 4\n');
    write(join(folder, 'src/lib.rs'), '#![no_std] pub use wasm_project::*;');
    write(join(folder, `target/wasm32v1-none/release/${name.replaceAll('-', '_')}.wasm`), WASM);
    write(join(folder, `${stem}.wasm`), WASM, modified);
    if (profile === 'release') {
      write(join(folder, `${stem}.compact.wasm`), WASM, modified);
      write(join(folder, `${stem}.compact.compressed.wasm`), COMPRESSED, modified);
    }
    return path(folder);
  };
  return {
    get root() {
      return root;
    },
    path,
    write,
    crate,
    wbuild,
  };
}
