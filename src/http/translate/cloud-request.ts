import type { Operation } from '../../compute/operation.ts';
import { jsonBytes } from '../../schema/json-bytes.ts';
import { toDocument } from '../../schema/json-document.ts';
import type { Reading } from '../../schema/read/reading.ts';
import type { Plan } from '../../upstream/plan.ts';
import type { CloudRequest } from '../cloud/cloud.ts';
import { cloudPath } from './cloud-path.ts';
import type { Call } from './router.ts';

/**
 * Make the request to the cloud from the content of a modern message.
 * @param content undefined for a request without a body
 */
export function cloudRequest(
  call: Call,
  { method, route, scope, request: message }: Operation,
  { isCallers, microversion }: Plan,
  content: unknown,
  { verbatim }: Reading,
): CloudRequest {
  const hasBody = message !== undefined && content !== undefined;
  return {
    method,
    path: cloudPath(route, call, scope) + call.query,
    body: hasBody ? jsonBytes(toDocument(message, content), verbatim) : null,
    microversion: isCallers ? undefined : microversion,
  };
}
