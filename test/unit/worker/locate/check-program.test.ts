import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Machine, programProblem } from '../../../../src/worker/locate/check-program.ts';
import { useTempFolder } from '../../runtime/temp-folder.ts';

const linux: Machine = { platform: 'linux', arch: 'x64' };
const mac: Machine = { platform: 'darwin', arch: 'arm64' };

interface Elf {
  readonly machine?: number;
  readonly type?: number;
  readonly abi?: number;
  readonly interpreter?: string;
  readonly is64?: boolean;
}

/** A 64-bit ELF header, one program header, and the interpreter's name. */
function elf({ machine = 62, type = 3, abi = 0, interpreter = '/bin/sh' }: Elf = {}): Buffer {
  const name = Buffer.from(`${interpreter}\0`);
  const bytes = Buffer.alloc(120 + name.length);
  bytes.write('\x7fELF\x02\x01\x01', 'latin1');
  bytes[7] = abi;
  bytes.writeUInt16LE(type, 16);
  bytes.writeUInt16LE(machine, 18);
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(1, 56);
  bytes.writeUInt32LE(3, 64);
  bytes.writeBigUInt64LE(120n, 72);
  bytes.writeBigUInt64LE(BigInt(name.length), 96);
  name.copy(bytes, 120);
  return bytes;
}

function machO(cpu: number): Buffer {
  const bytes = Buffer.alloc(4096);
  bytes.writeUInt32LE(0xfeedfacf, 0);
  bytes.writeUInt32LE(cpu, 4);
  return bytes;
}

function universal(...cpus: number[]): Buffer {
  const bytes = Buffer.alloc(4096);
  bytes.writeUInt32BE(0xcafebabe, 0);
  bytes.writeUInt32BE(cpus.length, 4);
  for (const [index, cpu] of cpus.entries()) bytes.writeUInt32BE(cpu, 8 + index * 20);
  return bytes;
}

function pe(machine: number): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.write('MZ');
  bytes.writeUInt32LE(128, 60);
  bytes.write('PE\0\0', 128, 'latin1');
  bytes.writeUInt16LE(machine, 132);
  return bytes;
}

const [ARM64, X64] = [0x0100_000c, 0x0100_0007];

const cases: readonly (readonly [
  what: string,
  content: Buffer | string,
  machine: Machine,
  problem: RegExp | undefined,
])[] = [
  ['a program of this system', elf(), linux, undefined],
  ['a Mach-O program on a Mac', machO(ARM64), mac, undefined],
  ['a Mach-O program for x64 on a Mac with Rosetta', machO(X64), mac, undefined],
  ['a universal program on a Mac', universal(X64, ARM64), mac, undefined],
  ['a script', '#!/bin/sh\necho 1.25.1\n', linux, undefined],
  [
    'an ELF program for arm64',
    elf({ machine: 183 }),
    linux,
    /^This is not a program of this system: it is an ELF program for arm64 \(Linux\)\. Give a polkadot-prepare-worker for Linux on x64, or portable/,
  ],
  [
    'an ELF program for x64 on arm64',
    elf(),
    { platform: 'linux', arch: 'arm64' },
    /it is an ELF program for x64 \(Linux\)\. Give .* on arm64/,
  ],
  ['an ELF program for an unknown CPU', elf({ machine: 999 }), linux, /an ELF program for the CPU 999/],
  ['a program of FreeBSD', elf({ abi: 9 }), linux, /an ELF program for x64 \(FreeBSD\)/],
  [
    'an ELF program on a Mac',
    elf({ machine: 183 }),
    mac,
    /an ELF program for arm64 \(Linux\)\. Give a polkadot-prepare-worker for macOS on arm64/,
  ],
  [
    'a Mach-O program on Linux',
    machO(ARM64),
    linux,
    /^This is not a program of this system: it is a Mach-O program for arm64 \(macOS\)\./,
  ],
  ['a universal program on Linux', universal(X64, ARM64), linux, /a Mach-O program for x64 and arm64 \(macOS\)/],
  ['a Windows program', pe(0x8664), linux, /a Windows program for x64\./],
  ['an object file', elf({ type: 1 }), linux, /^This is an object file, not a program\./],
  [
    'a program for another C library',
    elf({ interpreter: '/lib/ld-none.so.1' }),
    linux,
    /needs \/lib\/ld-none\.so\.1, which does not exist here/,
  ],
  [
    'a script for an interpreter that is absent',
    '#! /usr/bin/nope -x\n',
    linux,
    /a script for \/usr\/bin\/nope, which does not exist here/,
  ],
  ['an empty file', '', linux, /^This is an empty file, not a program\./],
  [
    'the beginning of a program',
    elf().subarray(0, 20),
    linux,
    /^This is the beginning of an ELF program, not a program\./,
  ],
  ['a program that is cut off', elf().subarray(0, 125), linux, /^The program is cut off: it has 125 B of at least/],
  ['a text', 'polkadot-prepare-worker\n', linux, /^This is a text file without a #! line, not a program\./],
  ['a web page', '<!DOCTYPE html><html>Not Found', linux, /^This is a web page, not a program\./],
  ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\n', linux, /a Git LFS pointer/],
  ['an archive', '\x1f\x8b\x08', linux, /a gzip archive/],
  ['a runtime', '\0asm\x01\0\0\0', linux, /a WebAssembly module/],
  ['a Java class', Buffer.from('cafebabe0000003d', 'hex'), linux, /data of an unknown format/],
];

describe('programProblem', () => {
  const folder = useTempFolder();

  for (const [what, content, machine, problem] of cases) {
    it(`${problem === undefined ? 'accepts' : 'rejects'} ${what}`, async () => {
      const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
      const found = await programProblem(folder.write('worker', bytes), machine);
      if (problem === undefined) assert.equal(found, undefined);
      else assert.match(found ?? 'accepted', problem);
    });
  }

  it('never fails on any beginning of a program', async () => {
    const bytes = readFileSync(process.execPath).subarray(0, 4096);
    for (let length = 0; length < 400; length += 7) {
      const found = await programProblem(folder.write('worker', bytes.subarray(0, length)), linux);
      assert.match(found ?? '', /not a program|cut off/);
    }
    assert.equal(await programProblem(process.execPath, process), undefined);
  });
});
