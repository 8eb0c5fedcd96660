/** wasm-builder writes below the folder of the cargo profile: `target/<profile>/wbuild/` (`rbuild` for PolkaVM). */
const builderFolder = /(?:^|[\\/])([^\\/]+)[\\/][wr]build[\\/]/;

/** Returns the cargo profile of the outer build (`debug`, `release`, `production`, …), or undefined when unknown. */
export function buildProfile(path: string): string | undefined {
  return builderFolder.exec(path)?.[1];
}
