/** What kind of program a file is, from its first bytes. */

/** A program in machine code. */
export interface NativeProgram {
  readonly kind: 'native';
  readonly system: 'linux' | 'darwin' | 'win32' | 'other';
  /** For a sentence: `a Mach-O program for arm64 (macOS)`. */
  readonly name: string;
  /** In Node's names. */
  readonly cpus: readonly string[];
  /** The file has at least so many bytes unless it is cut off. */
  readonly leastBytes?: number;
  /** ELF: the dynamic loader. */
  readonly interpreter?: string;
}

export type ProgramFormat =
  | NativeProgram
  | { readonly kind: 'script'; readonly interpreter: string }
  /** `name`: what it is instead of a program. */
  | { readonly kind: 'no-program'; readonly name: string };

const elfCpus: Readonly<Record<number, string>> = {
  3: 'ia32',
  8: 'mips',
  20: 'ppc',
  21: 'ppc64',
  22: 's390x',
  40: 'arm',
  62: 'x64',
  183: 'arm64',
  243: 'riscv64',
  258: 'loong64',
};
const machCpus: Readonly<Record<number, string>> = { 7: 'ia32', 16777223: 'x64', 12: 'arm', 16777228: 'arm64' };
const peCpus: Readonly<Record<number, string>> = { 332: 'ia32', 34404: 'x64', 43620: 'arm64', 452: 'arm' };
const elfSystems: Readonly<Record<number, string>> = { 2: 'NetBSD', 6: 'Solaris', 9: 'FreeBSD', 12: 'OpenBSD' };

/** Bytes that `programFormat` needs. Headers of usual programs are far shorter. */
export const FORMAT_BYTES = 4096;

/** @param start the first `FORMAT_BYTES` bytes, or the whole file if it is shorter */
export function programFormat(start: Buffer): ProgramFormat {
  if (start.length === 0) return { kind: 'no-program', name: 'an empty file' };
  return elf(start) ?? machO(start) ?? pe(start) ?? script(start) ?? other(start);
}

function elf(start: Buffer): ProgramFormat | undefined {
  if (!starts(start, '\x7fELF')) return undefined;
  const is64 = start[4] === 2;
  if (start.length < (is64 ? 64 : 52)) return { kind: 'no-program', name: 'the beginning of an ELF program' };
  const isLittle = start[5] !== 2;
  const half = (at: number) => (isLittle ? start.readUInt16LE(at) : start.readUInt16BE(at));
  const word = (at: number) => (isLittle ? start.readUInt32LE(at) : start.readUInt32BE(at));
  const address = (at: number) => {
    if (!is64) return word(at);
    return Number(isLittle ? start.readBigUInt64LE(at) : start.readBigUInt64BE(at));
  };
  const type = half(16);
  if (type !== 2 && type !== 3) return { kind: 'no-program', name: type === 1 ? 'an object file' : 'a core dump' };
  const cpu = cpuName(elfCpus, half(18));
  const system = elfSystems[start[7] ?? 0];
  const [programs, sections] = [address(is64 ? 32 : 28), address(is64 ? 40 : 32)];
  const sizes = is64 ? 54 : 42;
  const [programSize, programCount, sectionSize, sectionCount] = [0, 2, 4, 6].map((at) => half(sizes + at)) as [
    number,
    number,
    number,
    number,
  ];
  let leastBytes = Math.max(programs + programSize * programCount, sections + sectionSize * sectionCount);
  let interpreter: string | undefined;
  for (let index = 0; index < programCount; index += 1) {
    const at = programs + index * programSize;
    if (at + (is64 ? 56 : 32) > start.length) break;
    const [offset, bytes] = is64 ? [address(at + 8), address(at + 32)] : [address(at + 4), address(at + 16)];
    leastBytes = Math.max(leastBytes, offset + bytes);
    const isInterpreter = word(at) === 3 && offset + bytes <= start.length;
    if (isInterpreter) interpreter = start.toString('latin1', offset, offset + bytes).replace(/\0.*$/s, '');
  }
  return {
    kind: 'native',
    system: system === undefined ? 'linux' : 'other',
    name: `an ELF program for ${cpu} (${system ?? 'Linux'})`,
    cpus: [cpu],
    leastBytes,
    ...(interpreter === undefined ? {} : { interpreter }),
  };
}

function machO(start: Buffer): ProgramFormat | undefined {
  if (start.length < 8) return undefined;
  const [little, big] = [start.readUInt32LE(0), start.readUInt32BE(0)];
  const native = (cpus: readonly string[]): ProgramFormat => {
    return { kind: 'native', system: 'darwin', name: `a Mach-O program for ${cpus.join(' and ')} (macOS)`, cpus };
  };
  const isThin = (magic: number) => magic === 0xfeed_facf || magic === 0xfeed_face;
  if (isThin(little)) return native([cpuName(machCpus, start.readUInt32LE(4))]);
  if (isThin(big)) return native([cpuName(machCpus, start.readUInt32BE(4))]);
  // Java classes have the same magic number, and their version where a universal program has the number of its parts.
  const parts = start.readUInt32BE(4);
  if (big !== 0xcafe_babe || parts === 0 || parts > 30) return undefined;
  const offsets = Array.from({ length: parts }, (_, index) => 8 + index * 20).filter((at) => at + 4 <= start.length);
  return native(offsets.map((at) => cpuName(machCpus, start.readUInt32BE(at))));
}

function pe(start: Buffer): ProgramFormat | undefined {
  if (!starts(start, 'MZ') || start.length < 64) return undefined;
  const at = start.readUInt32LE(60);
  const isPe = at + 6 <= start.length && start.toString('latin1', at, at + 4) === 'PE\0\0';
  const cpu = isPe ? cpuName(peCpus, start.readUInt16LE(at + 4)) : undefined;
  const name = `a Windows program${cpu === undefined ? '' : ` for ${cpu}`}`;
  return { kind: 'native', system: 'win32', name, cpus: cpu === undefined ? [] : [cpu] };
}

function script(start: Buffer): ProgramFormat | undefined {
  if (!starts(start, '#!')) return undefined;
  const [line = ''] = start.toString('utf8', 2).split('\n');
  return { kind: 'script', interpreter: line.trim().split(/\s+/)[0] ?? '' };
}

const signatures: readonly (readonly [start: string, name: string])[] = [
  ['\0asm', 'a WebAssembly module'],
  ['PK\x03\x04', 'a zip archive'],
  ['\x1f\x8b', 'a gzip archive'],
  ['\xfd7zXZ\0', 'an xz archive'],
  ['BZh', 'a bzip2 archive'],
  ['\x28\xb5\x2f\xfd', 'a zstd archive'],
  ['!<arch>\n', 'a library or a Debian package'],
  ['version https://git-lfs', 'a Git LFS pointer instead of the file itself'],
];

function other(start: Buffer): ProgramFormat {
  const known = signatures.find(([signature]) => starts(start, signature))?.[1];
  if (known !== undefined) return { kind: 'no-program', name: known };
  if (/^\s*(<!doctype html|<html|<\?xml)/i.test(start.toString('latin1', 0, 200))) {
    return { kind: 'no-program', name: 'a web page' };
  }
  const isText = !start.subarray(0, 512).some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
  return { kind: 'no-program', name: isText ? 'a text file without a #! line' : 'data of an unknown format' };
}

function starts(start: Buffer, signature: string): boolean {
  return start.toString('latin1', 0, signature.length) === signature;
}

function cpuName(names: Readonly<Record<number, string>>, code: number): string {
  return names[code] ?? `the CPU ${code}`;
}
