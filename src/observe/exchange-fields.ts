/** The fields that begin every line of the log in JSON, in their order, each with a sentence for operators. */
export const lineFields = {
  timestamp: 'Time of the line, in UTC (ISO 8601, milliseconds).',
  level:
    "Level of the line: info, warn or error. The line of an exchange is warn if the cloud failed or a limit of the gateway was reached, error if the gateway has a defect, else info: also for a caller's fault, such as 400, 401, 404 or 409.",
  message: 'Kind of line: "exchange" for the line of an exchange.',
  worker: 'Number of the worker that wrote the line; only with several workers.',
} as const;

/**
 * The fields of the line of an exchange that follow these, in their order, each with a sentence for operators. A field
 * without a value is left out of the line.
 */
export const exchangeFields = {
  requestId:
    "Request id that the caller received as X-Compute-Request-Id or X-OpenStack-Request-ID: the cloud's, or the gateway's own if the cloud gave none.",
  globalRequestId:
    "X-OpenStack-Request-ID that the cloud received, and logs as the request's global id: the caller's own, or the gateway's if the caller sent none. Missing if the caller's has another form than req-UUID.",
  traceId: "Trace id of the caller's traceparent (W3C Trace Context).",
  region:
    'Region of the request; only with regions. Missing if the request belongs to none, as a login, and for the region of upstream.url if identity.region is not set.',
  version: 'Version in the path of the request: v1.1, v2 or v2.1.',
  project: 'Project id in the path of the request; missing if the path has none, as it may on v2.1.',
  operation:
    'Name of the operation that was translated, or the method and resource of a forwarded request, such as "GET os-certificates" (other for what Nova never had); missing for a request that was refused before it was understood.',
  mediaIn: 'Media type of the request body, of a translated request.',
  bytesIn:
    'Size of the request body in bytes: as received if it was read whole, else its Content-Length, else what the connection received during the exchange.',
  microversion: 'Microversion that the request was planned for at the cloud, of a translated request.',
  cloudStatus: "Status of the cloud's response.",
  fault:
    'Reason of the fault that the caller got, or caller-gone if the caller disconnected before the end of the response.',
  member:
    'Path of the member that breaks a rule, with the fault invalid-member; at most 200 characters. Keys of maps in it are those of the caller.',
  retired: 'Name of the brownout or the rule of the retirement file that refused the exchange, such as brownouts.0.',
  cause: 'Error code of node, undici or OpenSSL behind the fault, such as ECONNREFUSED or CERT_HAS_EXPIRED.',
  mediaOut: 'Media type of the response, of a translated response or a fault.',
  bytesOut:
    'Size of the response in bytes: the body of a response that the gateway wrote itself, else what the connection sent during the exchange.',
  server: 'Server id in the path of the request, without the suffix of a media type.',
  login:
    'Form of a login: password, token, key (an API key or access key), headers (X-Auth-Key), or unread for one that could not be read.',
  user: 'Name of the user of a login that succeeded; only with identity.logUsers.',
  client: 'IP address of the caller, as trusted proxies name it; missing for a caller at the unix socket.',
  method: 'Method of the request.',
  path: 'Path of the request, without its query.',
  agent: 'User-Agent of the request, at most 200 characters.',
  status: 'Status of the response; 499 if the caller disconnected before it.',
  aborted: 'True if the response did not reach its end.',
  ms: 'Duration of the exchange in milliseconds, from the request to the end of the response.',
  cloudMs:
    'Time spent waiting for the cloud in milliseconds, connecting included, and also if the cloud failed; of a forwarded request until the header of the response.',
  notes:
    'Members that were dropped, mapped, rewritten, replaced or ineffective, and the root of a generic document, each as member;outcome.',
  needs:
    "Reasons for which the cloud would not have given the caller's own request this answer; empty if there is none.",
} as const;

/** The values of all fields of the line of an exchange; undefined for a field that is left out. */
export type ExchangeLine = { readonly [Field in keyof typeof exchangeFields]: unknown };
