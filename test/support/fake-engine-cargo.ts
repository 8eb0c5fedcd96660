/** A fake of the engine's crate, with a fake cargo that builds it (see fake-cargo.ts). */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BuildOptions, type BuildSite, buildSite } from './fake-cargo.ts';

const files: Readonly<Record<string, string>> = {
  'engine/Cargo.toml': `[package]
name = "pvf-engine"
version = "0.1.0"
rust-version = "1.87"

[[bin]]
name = "pvf-engine"
path = "src/bin/pvf-engine/main.rs"

[patch.crates-io]
compiler = { path = "patched/compiler" }
`,
  'engine/Cargo.lock': `version = 4

[[package]]
name = "compiler"
version = "36.0.20"
dependencies = [
 "other",
]

[[package]]
name = "other"
version = "1.0.0"
source = "registry+https://registry.example/index"
checksum = "00"
`,
  'engine/src/lib.rs': 'pub fn answer() -> i32 { 42 }\n',
  'engine/src/bin/pvf-engine/main.rs': 'fn main() {}\n',
  'engine/patches/compiler.patch':
    '--- a/src/lib.rs\n+++ b/src/lib.rs\n@@ -1,3 +1,4 @@\n // one\n+// one and a half\n // two\n // three\n',
  'engine/patches/compiler.sha256': `${'ab'.repeat(32)}  compiler-36.0.20.crate\n`,
  'engine/README.md': 'no part of the sources\n',
  'registry/compiler-36.0.20/Cargo.toml': '[package]\nname = "compiler"\n',
  'registry/compiler-36.0.20/src/lib.rs': '// one\n// two\n// three\n',
};

/** A helper that writes an artifact and reports success. */
export const goodHelper = `#!/bin/sh
printf '\\177ELF' > "$3"
echo '{"ok":{}}'
`;

export interface EngineSite extends Omit<BuildSite, 'cargo'> {
  /** Puts a fake cargo on PATH. @param build shell lines for `cargo build` @param helper the program that it builds */
  cargo(build: string, helper?: string): Promise<void>;
}

/** Shell lines that act like a successful build. */
export const succeed = `
mkdir -p "$CARGO_TARGET_DIR/release"
printf '%s' "$helper" > "$CARGO_TARGET_DIR/release/pvf-engine"
chmod 755 "$CARGO_TARGET_DIR/release/pvf-engine"
echo '    Building [=====>                     ] 1/2: other' >&2
printf '{"reason":"compiler-artifact","target":{"name":"pvf-engine"},"executable":"%s"}\\n' "$CARGO_TARGET_DIR/release/pvf-engine"
`;

export async function engineSite(): Promise<EngineSite> {
  const site = await buildSite();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(site.at(name)), { recursive: true });
    await writeFile(site.at(name), text);
  }
  const manifest = site.at('registry/compiler-36.0.20/Cargo.toml');
  const answer = { packages: [{ name: 'compiler', version: '36.0.20', manifest_path: manifest }] };
  await writeFile(site.at('metadata'), JSON.stringify(answer));
  return {
    at: site.at,
    progress: site.progress,
    cargo: async (build, helper = goodHelper) => {
      await writeFile(site.at('helper'), helper);
      const metadata = `echo "    Updating the index" >&2; pwd > '${site.at('fetched-in')}'; cat '${site.at('metadata')}'; exit`;
      await site.cargo(`if [ "$1" = metadata ]; then ${metadata}; fi
helper=$(cat '${site.at('helper')}')
${build}`);
    },
    options: (more?: Partial<BuildOptions>) => site.options(more),
    [Symbol.asyncDispose]: () => site[Symbol.asyncDispose](),
  };
}
