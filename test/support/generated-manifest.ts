/** The `wbuild/<crate>/Cargo.toml` that `create_project_cargo_toml` of substrate-wasm-builder writes. */
export function generatedManifest(crate: string, folder: string): string {
  return `[dependencies.wasm_project]
default-features = false
features = []
package = ${JSON.stringify(crate)}
path = ${JSON.stringify(folder)}

[lib]
crate-type = ["cdylib"]
name = "${crate.replaceAll('-', '_')}"

[package]
edition = "2021"
name = "${crate}-blob"
version = "1.0.0"

[profile.release]
panic = "abort"

[workspace]
`;
}
