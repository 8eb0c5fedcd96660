/** Recognizes executables: often the node, or an artifact in the place of the runtime. */
import { startsWith } from '../../base/bytes.ts';
import type { InputFault } from '../input-error.ts';

const ELF_MAGIC = Uint8Array.of(0x7f, 0x45, 0x4c, 0x46);

/** `e_ident[EI_OSABI]` of Wasmtime's artifacts (wasmtime-environ, obj.rs). */
const ELFOSABI_WASMTIME = 200;
const EI_OSABI = 7;

const machOMagics: readonly (readonly number[])[] = [
  [0xfe, 0xed, 0xfa, 0xce],
  [0xfe, 0xed, 0xfa, 0xcf],
  [0xce, 0xfa, 0xed, 0xfe],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xca, 0xfe, 0xba, 0xbe],
];

export function recognizeProgram(content: Uint8Array): InputFault | undefined {
  if (startsWith(content, ELF_MAGIC))
    return content[EI_OSABI] === ELFOSABI_WASMTIME ? artifact : program('Linux (ELF)');
  if (machOMagics.some((magic) => startsWith(content, Uint8Array.from(magic)))) return program('macOS (Mach-O)');
  return isPortableExecutable(content) ? program('Windows (PE)') : undefined;
}

const artifact: InputFault = {
  id: 'artifact',
  cause: 'this is an artifact: machine code that a worker prepared from a runtime',
  remedy: 'Give the path of the runtime blob that it was prepared from.',
};

function program(system: string): InputFault {
  return {
    id: 'program',
    cause: `this is a program or a library for ${system}, such as a node, not a runtime`,
    remedy:
      'Give the path of the .compact.compressed.wasm that the build writes to target/<profile>/wbuild/<crate>/, or export a chain spec with the node (build-spec --raw).',
  };
}

/** `MZ`, and `PE\0\0` at the offset that the header gives. */
function isPortableExecutable(content: Uint8Array): boolean {
  if (!startsWith(content, Buffer.from('MZ')) || content.length < 0x40) return false;
  const at = Buffer.from(content.buffer, content.byteOffset, content.length).readUInt32LE(0x3c);
  return startsWith(content.subarray(at, at + 4), Buffer.from('PE\0\0', 'latin1'));
}
