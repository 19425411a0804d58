import { Fault } from '../../fault.ts';
import type { Forward } from '../profile.ts';
import { forwarded } from '../treatments.ts';

/** The rules for files in user_data, and for user_data itself. */
export interface UserDataRules {
  /** The octal mode of the files. */
  readonly permissions: string;
  /** The largest user data before base64, in bytes. */
  readonly maxBytes: number;
}

/** Make the treatment that forwards user data of the caller up to the limit of the cloud, and refuses more with 413. */
export function userDataWithin({ maxBytes }: UserDataRules): Forward {
  return {
    ...forwarded,
    check: (value) => {
      const bytes = typeof value === 'string' ? Buffer.byteLength(value.replace(/\s+/g, ''), 'base64') : 0;
      if (bytes > maxBytes) throw tooMuch('User data exceeds', `${bytes} bytes, of ${maxBytes} allowed`);
    },
  };
}

/** Make the fault for user data that does not fit, like legacy Nova's for too many files. */
export function tooMuch(subject: string, size: string, cause?: unknown): Fault {
  const message = `${subject} the limit of this cloud: ${size}.`;
  return new Fault(413, message, { reason: 'quota-user-data', retryAfter: '0', cause });
}
