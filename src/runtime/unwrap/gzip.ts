import { gunzipSync } from 'node:zlib';
import { formatBytes } from '../../base/units.ts';
import { DEFAULT_MAX_FILE_BYTES } from '../read-file.ts';
import { fault, type Step } from './step.ts';

const CHUNK_BYTES = 1024 * 1024;
const damagedRemedy = 'Download or copy the file again, or unpack it by hand (gzip -d).';

export function isGzip(content: Uint8Array): boolean {
  return content[0] === 0x1f && content[1] === 0x8b && content[2] === 8;
}

/** Never inflates more than the largest file that would be read. */
export function openGzip(content: Uint8Array): Step {
  try {
    const { buffer, byteOffset, length } = gunzipSync(content, {
      maxOutputLength: DEFAULT_MAX_FILE_BYTES,
      chunkSize: CHUNK_BYTES,
    });
    // A plain array, because `slice` of a Buffer does not copy.
    const bytes = new Uint8Array(buffer, byteOffset, length);
    return { kind: 'inner', content: { kind: 'bytes', bytes }, by: ['gzip'], where: 'in the gzip file, ' };
  } catch (error) {
    return faultOf(error);
  }
}

function faultOf(error: unknown): Step {
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'ERR_BUFFER_TOO_LARGE':
      return fault(
        'too-large',
        `this is a gzip file that unpacks to more than ${formatBytes(DEFAULT_MAX_FILE_BYTES)}`,
        'Give the path of a runtime blob. The largest ones in use have a few MiB.',
      );
    case 'Z_BUF_ERROR':
      return fault('truncated', 'this is a gzip file that is cut off', damagedRemedy);
    default:
      return fault('damaged-gzip', 'this is a gzip file with damaged data', damagedRemedy);
  }
}
