import { blobKind } from '../magic.ts';
import { fault, type Step } from './step.ts';

/** Digits of the longest magic. */
const HEAD_DIGITS = 12;

/** Base64, also of a data URL and with line breaks. Undefined unless it decodes to the beginning of a blob. */
export function openBase64(text: string): Step | undefined {
  const start = /^(?:data:[^,]{0,100};base64,)?["']?/.exec(text)?.[0].length ?? 0;
  const head = Buffer.from(text.slice(start, start + HEAD_DIGITS), 'base64');
  if (blobKind(head) === 'unknown') return undefined;
  const digits = text.slice(start).replace(/\s+|["']$/g, '');
  const at = digits.search(/[^A-Za-z0-9+/_-]/);
  const length = at === -1 ? digits.length : at;
  if (!/^={0,2}$/.test(digits.slice(length)) || length % 4 === 1) {
    return fault(
      'bad-base64',
      `this looks like a runtime in base64, but the text breaks off or is damaged after ${length} characters`,
      'Write the file again, or use the wasm file itself.',
    );
  }
  return {
    kind: 'inner',
    content: { kind: 'bytes', bytes: Uint8Array.from(Buffer.from(digits, 'base64')) },
    by: ['base64'],
    where: 'decoded from base64, ',
  };
}
