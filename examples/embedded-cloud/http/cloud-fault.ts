import { bestOffer } from './accept.ts';
import { type Answer, jsonAnswer, withHeaders } from './answer.ts';

/** The layer that refuses a request: a Nova controller, its web framework, the token check, ECS, or its flow control. */
export type FaultShape = 'controller' | 'webob' | 'keystone' | 'ecs' | 'flow-control';

/** The parts of a fault that few faults have. */
interface FaultDetails {
  /** The code of ECS and its flow control; `Ecs.0005` by default. */
  readonly code?: string;
  /** The seconds after which the client may try again. */
  readonly retryAfter?: number;
}

/** A refused request; its shape selects one of the error bodies of a modern cloud. */
export class CloudFault extends Error {
  readonly status: number;
  readonly shape: FaultShape;
  readonly details: FaultDetails;

  constructor(status: number, message: string, shape: FaultShape = 'controller', details: FaultDetails = {}) {
    super(message);
    this.status = status;
    this.shape = shape;
    this.details = details;
  }

  /** Returns a thrown fault as it is, and any other value as the 500 with which Nova reports its own bugs. */
  static from(cause: unknown): CloudFault {
    if (cause instanceof CloudFault) return cause;
    return unexpected(cause instanceof Error ? cause.name : typeof cause);
  }
}

/** Create the 500 that Nova sends for a value that its schema should have refused; it names the Python error. */
export function unexpected(pythonError: string): CloudFault {
  return new CloudFault(
    500,
    'Unexpected API Error. Please report this at http://bugs.launchpad.net/nova/ ' +
      `and attach the Nova API log if possible.\n<class '${pythonError}'>`,
  );
}

/** Create the response for a fault; only errors of the web framework depend on the Accept header. */
export function faultAnswer(fault: CloudFault, accept: string | undefined, identity: string): Answer {
  return WRITERS[fault.shape](fault, accept, identity);
}

const FAULT_NAMES: ReadonlyMap<number, string> = new Map([
  [400, 'badRequest'],
  [403, 'forbidden'],
  [404, 'itemNotFound'],
  [409, 'conflictingRequest'],
  [415, 'badMediaType'],
  [429, 'overLimit'],
]);

const TITLES: ReadonlyMap<number, string> = new Map([
  [404, 'Not Found'],
  [413, 'Request Entity Too Large'],
]);

const HTML_PAGE = [
  '<html>',
  ' <head>',
  '  <title>CODE</title>',
  ' </head>',
  ' <body>',
  '  <h1>CODE</h1>',
  '  MESSAGE',
  ' </body>',
  '</html>',
].join('\n');

type FaultWriter = (fault: CloudFault, accept: string | undefined, identity: string) => Answer;

const WRITERS: Readonly<Record<FaultShape, FaultWriter>> = {
  controller: controllerAnswer,
  webob: webobAnswer,
  keystone: ({ status, message }, _accept, identity) =>
    withHeaders(jsonAnswer(status, { error: { code: status, title: 'Unauthorized', message } }), {
      'WWW-Authenticate': `Keystone uri="${identity}"`,
    }),
  ecs: ({ status, message, details: { code = 'Ecs.0005' } }) => jsonAnswer(status, { error: { code, message } }),
  'flow-control': ({ status, message, details: { code } }) =>
    jsonAnswer(status, { error_code: code, error_msg: message }),
};

function controllerAnswer({ status, message, details: { retryAfter } }: CloudFault): Answer {
  const again = retryAfter === undefined ? undefined : String(retryAfter);
  const fault = { code: status, message, ...(again !== undefined && { retryAfter: again }) };
  return withHeaders(jsonAnswer(status, { [FAULT_NAMES.get(status) ?? 'computeFault']: fault }), {
    'Content-Type': 'application/json; charset=UTF-8',
    ...(again !== undefined && { 'Retry-After': again }),
  });
}

type PageType = 'text/html' | 'application/json' | 'text/plain';

const PAGES: Readonly<Record<PageType, (message: string, code: string, title: string) => string>> = {
  'application/json': (message, code, title) => JSON.stringify({ message: marked(message), code, title }),
  'text/html': (message, code) => HTML_PAGE.replaceAll('CODE', code).replace('MESSAGE', marked(message)),
  'text/plain': (message, code) => `${code}\n\n${message}\n\n   `,
};

function webobAnswer({ status, message }: CloudFault, accept: string | undefined): Answer {
  const title = TITLES.get(status) ?? 'Error';
  const type: PageType = bestOffer(accept, ['text/html', 'application/json']) ?? 'text/plain';
  const charset = type === 'application/json' ? '' : '; charset=UTF-8';
  const body = PAGES[type](message, `${status} ${title}`, title);
  return { status, headers: { 'Content-Type': `${type}${charset}` }, body };
}

function marked(message: string): string {
  return `${message}<br /><br />\n\n\n`;
}
