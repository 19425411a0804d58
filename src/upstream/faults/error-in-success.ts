import { Fault } from '../../fault.ts';
import { digitsOf } from '../../schema/exact-json.ts';
import { isFields, type Fields } from '../../schema/fields.ts';
import { documentOf, isUnencoded, type CloudAnswer } from '../cloud-answer.ts';
import { cloudFault, cloudReasonOf } from './cloud-fault.ts';
import { statusOfCode } from './error-codes.ts';

/** The longest error document, in bytes. No known cloud writes more than a few hundred. */
export const longestError = 8192;

/** The member that every error in the form of the API gateway has. */
const codeMember = 'error_code';
const codeBytes = Buffer.from(codeMember);

/** The members that a gateway's error may have besides its code and its message. */
const besides: ReadonlySet<string> = new Set([codeMember, 'error_msg', 'request_id', 'encoded_authorization_message']);

/**
 * Read the code of an error in the form of the API gateway, `{"error_code": ..., "error_msg": ...}`, which no document of the
 * compute API resembles; undefined for any other document.
 */
export function gatewayErrorCode(document: Fields | undefined): unknown {
  if (document === undefined || typeof document['error_msg'] !== 'string') return undefined;
  const code = document[codeMember];
  const isCode = (typeof code === 'string' && code !== '') || digitsOf(code) !== undefined;
  return isCode && Object.keys(document).every((key) => besides.has(key)) ? code : undefined;
}

/** The readers of the codes of the other forms of an error. Each returns undefined for another form. */
const readers: readonly ((document: Fields) => unknown)[] = [
  gatewayErrorCode,
  // Keystone and ECS: { error: { message, code } }
  ({ error }) => (isFields(error) && typeof error['message'] === 'string' ? (error['code'] ?? '') : undefined),
  // Nova: { itemNotFound: { message, code } }
  (document) => {
    const [[name, content] = ['', undefined], ...others] = Object.entries(document);
    if (others.length > 0 || !isFields(content) || typeof content['message'] !== 'string') return undefined;
    const status = Number(digitsOf(content['code']) ?? 0);
    const { title } = new Fault(status, undefined, { reason: cloudReasonOf(status) });
    return status >= 400 && status < 600 && title === name ? status : undefined;
  },
  // Other services of a cloud, and WebOb.
  ({ code, message }) => (typeof message === 'string' && isErrorCode(code) ? code : undefined),
];

function isErrorCode(code: unknown): boolean {
  return (typeof code === 'string' && /^[45]\d\d\b|^\w+\.\d+$/.test(code)) || /^[45]\d\d$/.test(digitsOf(code) ?? '');
}

/** The documents that count as errors: those that can be nothing else, or every known form of an error. */
type Certainty = 'certain' | 'likely';

/**
 * Read the fault that the body of a success says: ECS answers its flow limit with 202. Undefined for a body that is no error.
 * @param certainty `certain` if the operation may answer a document, or is unknown
 * @param secrets returns the texts that the fault must not quote
 */
export function errorInSuccess(
  answer: CloudAnswer,
  certainty: Certainty,
  secrets: () => readonly string[],
): Fault | undefined {
  if (answer.body.length === 0 || answer.body.length > longestError || !isUnencoded(answer)) return undefined;
  // A search costs a tenth of parsing, which nearly every answer would need twice otherwise.
  if (certainty === 'certain' && !answer.body.includes(codeBytes)) return undefined;
  const document = documentOf(answer);
  if (document === undefined) return undefined;
  const forms = certainty === 'certain' ? [gatewayErrorCode] : readers;
  const code = forms.map((read) => read(document)).find((found) => found !== undefined);
  return code === undefined ? undefined : cloudFault({ ...answer, status: statusOfCode(code) }, secrets());
}
