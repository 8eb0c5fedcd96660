import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { ExitGuard } from '../../base/exit-guard.ts';
import type { EnvironmentVariables } from '../../base/host-environment.ts';
import { describeExit } from '../../base/process-exit.ts';
import { parseJson } from '../../base/schema.ts';
import { cargoEnvironment } from '../cargo/cargo.ts';
import { CargoOutput } from '../cargo/cargo-output.ts';
import { CargoBuildError } from '../cargo/problem.ts';
import { runGroup } from '../cargo/run-group.ts';
import { writeSources } from '../cargo/sources.ts';
import type { Cargo } from '../cargo/tools.ts';
import { originals, type PatchedCrate } from './patched-crate.ts';
import type { EngineSources } from './sources.ts';

interface FetchOptions {
  readonly cargo: Cargo;
  readonly sources: EngineSources;
  readonly crate: PatchedCrate;
  readonly buildFolder: string;
  readonly env: EnvironmentVariables;
  readonly onMessage: (message: string) => void;
  readonly guard: ExitGuard;
  readonly signal: AbortSignal;
}

const TAIL_LINES = 30;

/**
 * Makes cargo download the locked crates from its configured registry. Returns the folder with cargo's copy of the crate to
 * patch. Rejects with `CargoBuildError`, or the system's error.
 */
export async function fetchSource(options: FetchOptions): Promise<string> {
  const { cargo, sources, crate, buildFolder, env, guard, signal } = options;
  const folder = path.join(buildFolder, 'originals');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeSources(originals(sources.files, crate), folder);
  const args = ['metadata', '--format-version', '1', '--locked', '--features', 'native'];
  const output = new CargoOutput();
  const tail: string[] = [];
  let stdout = '';
  const end = await runGroup({
    program: cargo.path,
    // Without a filter cargo downloads the crates of every platform.
    args: cargo.host === undefined ? args : [...args, '--filter-platform', cargo.host],
    cwd: folder,
    env: cargoEnvironment({ env, buildFolder }),
    onStdout: (text) => {
      stdout += text;
    },
    onStderr: (text) => {
      for (const event of output.push(text)) {
        if (event.kind === 'progress') continue;
        options.onMessage(event.text.trim());
        if (event.kind === 'line') tail.push(event.text);
      }
    },
    guard,
    signal,
  });
  if (signal.aborted) throw new CargoBuildError({ kind: 'cancelled', buildFolder });
  const hasSucceeded = end.kind === 'exited' && end.code === 0;
  const found = hasSucceeded ? sourceFolder(stdout, crate) : undefined;
  if (found !== undefined) return found;
  const how = hasSucceeded
    ? `did not report the folder of ${crate.name}`
    : `${describeExit(end)} while fetching the crates`;
  throw new CargoBuildError({ kind: 'fetch-failed', end: how, lastLines: tail.slice(-TAIL_LINES) });
}

const metadataSchema = v.object({
  packages: v.array(v.object({ name: v.string(), version: v.string(), manifest_path: v.string() })),
});

/** Reads the folder from the output of `cargo metadata`. */
function sourceFolder(json: string, { name, version }: PatchedCrate): string | undefined {
  const metadata = parseJson(metadataSchema, json);
  const found = metadata?.packages.find((one) => one.name === name && one.version === version);
  return found && path.dirname(found.manifest_path);
}
