import { access } from 'node:fs/promises';
import path from 'node:path';
import { openRegularFile } from '../../base/open-regular-file.ts';
import { formatBytes } from '../../base/units.ts';
import { FORMAT_BYTES, type NativeProgram, programFormat } from './program-format.ts';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
}

/**
 * Returns why this machine can't run the file as a prepare worker: a sentence, and a remedy. Undefined when nothing speaks
 * against it. Reads the first bytes and runs nothing: libc hands a file of an unknown format to the shell. Never rejects.
 */
export async function programProblem(file: string, machine: Machine): Promise<string | undefined> {
  const relative = await otherProgram(file);
  if (relative !== undefined) return relative;
  let head: Head;
  try {
    head = await readHead(file);
  } catch {
    // A program may be executable without being readable.
    return undefined;
  }
  const format = programFormat(head.start);
  switch (format.kind) {
    case 'no-program':
      return `This is ${format.name}, not a program. Give ${wanted(machine)}.`;
    case 'script':
      return isAbsent(format.interpreter).then((absent) =>
        absent
          ? `This is a script for ${format.interpreter || 'no interpreter'}, which does not exist here.`
          : undefined,
      );
    case 'native':
      return nativeProblem(format, head.bytes, machine);
  }
}

async function nativeProblem(
  { system, cpus, name, leastBytes = 0, interpreter }: NativeProgram,
  bytes: number,
  machine: Machine,
): Promise<string | undefined> {
  const { platform, arch } = machine;
  // Rosetta runs programs for x64.
  const runs = cpus.includes(arch) || (platform === 'darwin' && arch === 'arm64' && cpus.includes('x64'));
  const isOfSystem = (system === 'linux' && platform !== 'darwin' && platform !== 'win32') || system === platform;
  if (!isOfSystem || !runs) return `This is not a program of this system: it is ${name}. Give ${wanted(machine)}.`;
  if (bytes < leastBytes) {
    return `The program is cut off: it has ${formatBytes(bytes)} of at least ${formatBytes(leastBytes)}. Copy, download or build it again.`;
  }
  if (interpreter !== undefined && (await isAbsent(interpreter))) {
    return `The program needs ${interpreter}, which does not exist here: it was built for another Linux. Give ${wanted(machine)}.`;
  }
  return undefined;
}

function wanted({ platform, arch }: Machine): string {
  const system = platform === 'darwin' ? 'macOS' : platform === 'linux' ? 'Linux' : platform;
  return `a polkadot-prepare-worker for ${system} on ${arch}, or portable for the built-in worker`;
}

interface Head {
  readonly start: Buffer;
  /** Of the whole file. */
  readonly bytes: number;
}

async function readHead(file: string): Promise<Head> {
  const { handle, stats } = await openRegularFile(file, (found) => {
    if (!found.isFile()) throw new Error('not a regular file');
  });
  await using opened = handle;
  const { buffer, bytesRead } = await opened.read(Buffer.alloc(FORMAT_BYTES), 0, FORMAT_BYTES, 0);
  return { start: buffer.subarray(0, bytesRead), bytes: Number(stats.size) };
}

/** Polkadot's other programs, recognized by their names. */
const others: Readonly<Record<string, string>> = {
  'polkadot-execute-worker': "Polkadot's execute worker, which runs PVFs but does not prepare them",
  polkadot: 'the polkadot node itself',
  'polkadot-parachain': 'a parachain node',
  'polkadot-omni-node': 'a parachain node',
};

async function otherProgram(file: string): Promise<string | undefined> {
  const { name, dir } = path.parse(file);
  // Releases add a version to the name.
  const what = others[name.replace(/-v?\d[\w.-]*$/, '')];
  if (what === undefined) return undefined;
  const beside = path.join(dir, 'polkadot-prepare-worker');
  const give = (await isAbsent(beside)) ? 'the polkadot-prepare-worker of the same release' : beside;
  return `This is ${what}. Give ${give}.`;
}

function isAbsent(file: string): Promise<boolean> {
  return access(file).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT' || error.code === 'ENOTDIR',
  );
}
