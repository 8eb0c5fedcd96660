import path from 'node:path';
import type { ExitGuard } from '../../src/base/exit-guard.ts';
import { runProgram } from './run-program.ts';

export interface NpmOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly guard: ExitGuard;
}

const quietly = ['--no-audit', '--no-fund', '--loglevel=error', '--foreground-scripts'];

/** Runs npm in a folder; rejects with what it printed when it fails. */
export async function npm(args: readonly string[], { cwd, env = npmEnvironment(), guard }: NpmOptions): Promise<void> {
  // npm tells its scripts where it is; run by hand, the one on PATH is taken.
  const { npm_execpath: script = '' } = process.env;
  const [program, ...first] = script.endsWith('npm-cli.js') ? [process.execPath, script] : ['npm'];
  await runProgram(program ?? 'npm', [...first, ...quietly, ...args], { cwd, env, minutes: 15, guard });
}

/**
 * Our environment without what an npm that runs us has put there, which would speak of the wrong project.
 * @param node a folder with Node and its C headers: native parts are compiled for it and by it
 */
export function npmEnvironment(node?: string): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(?!config_registry)|NODE_ENV$|INIT_CWD$)/.test(name),
  );
  const env = Object.fromEntries(own);
  if (node === undefined) return env;
  // npm downloads headers from elsewhere unless it is told where they are.
  return { ...env, PATH: `${path.join(node, 'bin')}${path.delimiter}${env['PATH']}`, npm_config_nodedir: node };
}
