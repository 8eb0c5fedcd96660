import { readFile } from 'node:fs/promises';

/** The target of the built-in compiler: always x86-64 Linux, as validators run it. */
export interface CompileTarget {
  /** `this-machine`: the features that an official worker uses here, so that the bytes of artifacts are equal. */
  readonly cpu: 'this-machine' | 'x86-64-v3';
  /** CPU features that the code may use, by Cranelift's names. */
  readonly features: readonly string[];
}

/** The features that cranelift-native 0.123.20 detects, by the kernel's names and by Cranelift's. */
const names: readonly (readonly [kernel: string, cranelift: string])[] = [
  ['pni', 'has_sse3'],
  ['ssse3', 'has_ssse3'],
  ['cx16', 'has_cmpxchg16b'],
  ['sse4_1', 'has_sse41'],
  ['sse4_2', 'has_sse42'],
  ['popcnt', 'has_popcnt'],
  ['avx', 'has_avx'],
  ['avx2', 'has_avx2'],
  ['fma', 'has_fma'],
  ['bmi1', 'has_bmi1'],
  ['bmi2', 'has_bmi2'],
  ['abm', 'has_lzcnt'],
  ['avx512_bitalg', 'has_avx512bitalg'],
  ['avx512dq', 'has_avx512dq'],
  ['avx512f', 'has_avx512f'],
  ['avx512vl', 'has_avx512vl'],
  ['avx512vbmi', 'has_avx512vbmi'],
];

/** The level that every server CPU of the last ten years has: the whole table but AVX-512. */
const baseline = names.map(([, cranelift]) => cranelift).filter((flag) => !flag.startsWith('has_avx512'));

/** The target on this machine: its own CPU features on x86-64 Linux, elsewhere the baseline. */
export async function compileTarget({
  platform,
  arch,
}: Pick<NodeJS.Process, 'platform' | 'arch'> = process): Promise<CompileTarget> {
  const isLinux = platform === 'linux' && arch === 'x64';
  const info = isLinux ? await readFile('/proc/cpuinfo', 'utf8').catch(() => '') : '';
  const line = /^flags\s*:\s*(.*)$/m.exec(info)?.[1];
  if (line === undefined) return { cpu: 'x86-64-v3', features: baseline };
  const found = new Set(line.split(/\s+/));
  return {
    cpu: 'this-machine',
    features: names.filter(([kernel]) => found.has(kernel)).map(([, cranelift]) => cranelift),
  };
}
