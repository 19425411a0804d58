import { attribute, base64, list, record, string, text } from '../../schema/words.ts';
import { quotas } from '../quotas.ts';

const refusal = 'Bad personality format';

/** A file for the new disk: `<file path="/etc/banner.txt">BASE64</file>`. */
const file = record(
  {
    path: attribute(string({ quota: quotas.personalityPath }), {
      required: true,
      missing: `${refusal}: missing 'path'`,
    }),
    contents: text(base64({ quota: quotas.personalityContents, refusal: 'Personality content cannot be decoded' }), {
      required: true,
      missing: `${refusal}: missing 'contents'`,
      secret: true,
    }),
  },
  { refusal },
);

/** The files that a create or rebuild injects into the disk. */
export const personality = list(file, { tag: 'file', quota: quotas.personalityFiles, refusal });
