/** Finds a Rust that can build for wasm32v1-none, the target of runtimes. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const TARGET = 'wasm32v1-none';

export interface WasmToolchain {
  /** `debian` needs the folder that scripts/example/wasm-toolchain.sh makes. */
  readonly kind: 'rustup' | 'debian';
  /** As `rustc --version` prints it. */
  readonly rustc: string;
}

export type FoundToolchain =
  | ({ readonly kind: 'found' } & { readonly toolchain: WasmToolchain })
  | { readonly kind: 'missing'; readonly message: string };

/** Prefers rustup's target to Debian's packages. */
export function findToolchain(): FoundToolchain {
  const targets = outputOf('rustup', 'target', 'list', '--installed');
  const ofRustup = targets?.split(/\s+/).includes(TARGET) ? outputOf('rustc', '--version') : undefined;
  if (ofRustup !== undefined) return { kind: 'found', toolchain: { kind: 'rustup', rustc: ofRustup } };
  const lacks = lackingForDebian();
  const rustc = lacks.length > 0 ? undefined : outputOf('/usr/bin/rustc', '--version');
  if (rustc !== undefined) return { kind: 'found', toolchain: { kind: 'debian', rustc } };
  return {
    kind: 'missing',
    message: [
      `There is no Rust that can build for ${TARGET}. Either of these helps:`,
      `  rustup target add ${TARGET}`,
      `  apt-get install --no-install-recommends rustc-web cargo-web rust-web-src lld   (Debian; missing: ${lacks.join(', ')})`,
    ].join('\n'),
  };
}

/** What scripts/example/wasm-toolchain.sh needs and does not find. */
function lackingForDebian(): string[] {
  const sysroot = outputOf('/usr/bin/rustc', '--print', 'sysroot') ?? '/usr';
  const needed = {
    rustc: existsSync('/usr/bin/rustc'),
    cargo: existsSync('/usr/bin/cargo'),
    'rust-src': existsSync(path.join(sysroot, 'lib/rustlib/src/rust/library/core/Cargo.toml')),
    lld: outputOf('sh', '-c', 'command -v lld || ls /usr/bin/lld-[0-9]*') !== undefined,
  };
  return Object.entries(needed).flatMap(([name, isThere]) => (isThere ? [] : [name]));
}

/** Undefined if the program is absent, fails or prints nothing. */
function outputOf(program: string, ...args: string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const text = status === 0 ? stdout.trim() : '';
  return text === '' ? undefined : text;
}
