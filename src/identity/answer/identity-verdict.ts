import { isFields, type Fields } from '../../schema/fields.ts';
import { documentOf, type CloudAnswer } from '../../upstream/cloud-answer.ts';

/** The judgement of an identity service, as a sentence without its end; settings have the names of the configuration file. */
export interface IdentityVerdict {
  readonly isOk: boolean;
  readonly text: string;
}

/** The mend of a wrong URL. */
const place = "check that identity.url is the cloud's identity service, up to but without /v3";

/** Judge by the answer to GET /v3 whether a service is Identity v3. */
export function judgeIdentity(answer: CloudAnswer): IdentityVerdict {
  const { status } = answer;
  const document = documentOf(answer);
  const listed = idsOf(document);
  const v3 = listed.find((id) => /^v3(?:\.\d+)?$/.test(id));
  if (v3 !== undefined && status === 200) return { isOk: true, text: `This is Identity ${v3}` };
  return { isOk: false, text: explain(status, document, listed) };
}

function explain(status: number, document: Fields | undefined, listed: readonly string[]): string {
  if (status >= 500 || status === 429) return `The identity service answers ${status}: try again when it serves`;
  // Nova answers every path that it does not have with the list of its versions.
  if (listed.includes('v2.1')) return `This is a compute API, not the identity service: ${place}`;
  if (listed.includes('v2.0'))
    return 'This is Identity v2.0 only; the gateway logs in with v3: legacy clients can log in there without the gateway, or set identity.url to a service that has v3';
  if (status > 300 && status < 400)
    return `The identity service redirects (${status}), and no redirect of a login is followed: set identity.url to the URL that it redirects to`;
  if (document === undefined)
    return `There is a page and no JSON (${status}): this is another service, or a path above the identity service; ${place}`;
  if (status === 404) return `There is no /v3 (404): the service has only v2.0, or it is another one; ${place}`;
  return `The answer to GET /v3 describes no Identity v3 (${status}): this is another service; ${place}`;
}

/** List the ids of the versions that a document describes. */
function idsOf(document: Fields | undefined): readonly string[] {
  const { version, versions, choices } = document ?? {};
  const values = isFields(versions) ? versions['values'] : versions;
  return [version, ...[values, choices].flatMap((list) => (Array.isArray(list) ? list : []))]
    .filter(isFields)
    .flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
}
