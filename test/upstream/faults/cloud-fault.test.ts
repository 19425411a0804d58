import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { CloudAnswer } from '../../../src/upstream/cloud-answer.ts';
import { cloudFault } from '../../../src/upstream/faults/cloud-fault.ts';

const generic = {
  400: 'The server could not comply with the request since it is either malformed or otherwise incorrect.',
  404: 'The resource could not be found.',
  500: 'The server has either erred or is incapable of performing the requested operation.',
  502: 'Bad gateway.',
} as const;

function answer(status: number, body: string | Buffer, headers: CloudAnswer['headers'] = {}): CloudAnswer {
  return { status, headers, body: Buffer.from(body) };
}

const page = (title: string, text: string): string =>
  `<html>\n <head>\n  <title>${title}</title>\n </head>\n <body>\n  <h1>${title}</h1>\n  ${text}<br /><br />\n\n\n\n </body>\n</html>`;

/** The form of a fault, its status and body, and the name and message of the legacy fault. */
const shapes: readonly (readonly [string, number, string, string, string | RegExp])[] = [
  [
    'Nova',
    409,
    '{"conflictingRequest": {"code": 409, "message": "Instance x is locked"}}',
    'conflictingRequest',
    'Instance x is locked',
  ],
  [
    'Nova, another order',
    404,
    '{"itemNotFound": {"message": "Instance could not be found", "code": 404}}',
    'itemNotFound',
    'Instance could not be found',
  ],
  [
    'Nova, 406',
    406,
    '{"computeFault": {"code": 406, "message": "Version 2.999 is not supported"}}',
    'computeFault',
    /^Version 2\.999/,
  ],
  ['Nova, 413', 413, '{"overLimit": {"code": 413, "message": "much", "retryAfter": "0"}}', 'overLimit', 'much'],
  [
    'Keystone',
    401,
    '{"error": {"code": 401, "title": "Unauthorized", "message": "The request you have made requires authentication."}}',
    'unauthorized',
    'The request you have made requires authentication.',
  ],
  ['IAM', 400, '{"error": {"message": "bad", "code": 400, "title": "Bad Request"}}', 'badRequest', 'bad'],
  [
    'ECS',
    400,
    '{"error": {"code": "Ecs.0100", "message": "wrong state", "details": [{"code": "x", "message": "y"}]}}',
    'badRequest',
    /^wrong state.*Ecs\.0100/,
  ],
  [
    'ECS, batch',
    500,
    '{"error": {"code": "Ecs.0001", "message": "failed"}, "internalError": [{}]}',
    'computeFault',
    /^failed.*Ecs\.0001/,
  ],
  [
    'the API gateway',
    401,
    '{"error_code": "APIGW.0301", "error_msg": "Incorrect IAM", "request_id": "r"}',
    'unauthorized',
    /^Incorrect IAM.*APIGW\.0301/,
  ],
  [
    'the API gateway, throttled',
    429,
    '{"error_code": "APIGW.0308", "error_msg": "The throttling threshold"}',
    'overLimit',
    /^The throttling threshold/,
  ],
  [
    'IAM, no request id',
    403,
    '{"error_msg": "no", "error_code": "IAM.0002", "encoded_authorization_message": "z"}',
    'forbidden',
    /^no\b.*IAM\.0002/,
  ],
  [
    'webob: HTML in JSON',
    404,
    '{"message": "The resource could not be found.<br /><br />\\n\\n\\n", "code": "404 Not Found", "title": "Not Found"}',
    'itemNotFound',
    'The resource could not be found.',
  ],
  [
    'webob: HTML with references in JSON',
    413,
    '{"message": "Request is &quot;too&quot; large.<br /><br />\\n\\n", "code": "413 x", "title": "y"}',
    'overLimit',
    'Request is "too" large.',
  ],
  [
    'webob: nothing but a title',
    503,
    '{"message": "<br />", "code": "503 x", "title": "Service Unavailable"}',
    'serviceUnavailable',
    'Service Unavailable',
  ],
  ['a plain message', 400, '{"message": "told"}', 'badRequest', 'told'],
  [
    'webob: a page',
    404,
    page('404 Not Found', 'The resource could not be found.'),
    'itemNotFound',
    'The resource could not be found.',
  ],
  [
    'webob: plain text',
    413,
    '413 Request Entity Too Large\n\nRequest is too large.\n\n   ',
    'overLimit',
    'Request is too large.',
  ],
  [
    'a balancer',
    502,
    '<html><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>',
    'computeFault',
    generic[502],
  ],
  [
    'a balancer that says more',
    503,
    '<html><head><title>503 Service Unavailable</title></head><body><h1>503 Service Unavailable</h1>\nNo server is available.\n</body></html>',
    'serviceUnavailable',
    'No server is available.',
  ],
  [
    'Apache',
    404,
    '<html><body><h1>Not Found</h1><p>The URL was not found on this server.</p></body></html>',
    'itemNotFound',
    'The URL was not found on this server.',
  ],
  [
    'Tomcat',
    500,
    '<html><body><h1>HTTP Status 500 – Internal Server Error</h1><p>It failed.</p></body></html>',
    'computeFault',
    'It failed.',
  ],
  [
    'a page with a heading of its own',
    503,
    "<html><body><h1>Maintenance until 5 o'clock</h1></body></html>",
    'serviceUnavailable',
    "Maintenance until 5 o'clock",
  ],
  ['an old middleware', 401, 'Authentication required', 'unauthorized', 'Authentication required'],
  [
    'a fault in XML',
    400,
    '<badRequest xmlns="u" code="400"><message>no &lt;</message></badRequest>',
    'badRequest',
    'no <',
  ],
  ['nothing', 404, '', 'itemNotFound', generic[404]],
  ['white space', 404, ' \n', 'itemNotFound', generic[404]],
  ['an empty object', 400, '{}', 'badRequest', generic[400]],
  ['a list', 400, '[{"message": "x"}]', 'badRequest', generic[400]],
  ['null', 500, 'null', 'computeFault', generic[500]],
  ['a number', 500, '42', 'computeFault', generic[500]],
  ['an error that is no object', 400, '{"error": "Bad Request"}', 'badRequest', /./],
  ['an error without a message', 400, '{"error": {"code": 400}}', 'badRequest', generic[400]],
  ['a message that is no text', 400, '{"badRequest": {"message": {"a": 1}}}', 'badRequest', generic[400]],
  ['an empty message', 400, '{"badRequest": {"code": 400, "message": ""}}', 'badRequest', generic[400]],
  [
    'a page without words',
    502,
    '<html><head><title>x</title></head><body></body></html>',
    'computeFault',
    generic[502],
  ],
];

for (const [shape, status, body, title, message] of shapes) {
  test(`a fault of ${shape} becomes ${title} with its message`, () => {
    const fault = cloudFault(answer(status, body), []);
    assert.deepEqual([fault.status, fault.title], [status, title]);
    if (typeof message === 'string') assert.equal(fault.message, message);
    else assert.match(fault.message, message);
  });
}

test('any malformed body becomes a fault without an error of the gateway', () => {
  const bodies = [
    '{',
    '<',
    '\0\xFF',
    '{"__proto__": {"message": "x"}}',
    '{"a": null}',
    '{"error": null}',
    '['.repeat(60_000),
  ];
  for (const body of [...bodies, gzipSync('x'), Buffer.from([0xff, 0xfe, 0])]) {
    const fault = cloudFault(answer(500, body), []);
    assert.equal(fault.title, 'computeFault');
    assert.notEqual(fault.message, '');
  }
});

test('a body with a content encoding is not read', () => {
  const packed = gzipSync('{"badRequest": {"message": "x"}}');
  assert.equal(cloudFault(answer(400, packed, { 'content-encoding': 'gzip' }), []).message, generic[400]);
  assert.equal(
    cloudFault(answer(400, '{"badRequest": {"message": "x"}}', { 'content-encoding': 'Identity' }), []).message,
    'x',
  );
});

test('Retry-After is kept, and documented for 413 and 429 only', () => {
  for (const [status, documented] of [
    [413, '7'],
    [429, '7'],
    [503, undefined],
  ] as const) {
    const fault = cloudFault(answer(status, '', { 'retry-after': '7' }), []);
    assert.equal(fault.documentedRetryAfter, documented);
    assert.equal(fault.retryAfter, '7');
  }
  assert.equal(cloudFault(answer(429, ''), []).retryAfter, undefined);
});

test('401 keeps WWW-Authenticate, all of several', () => {
  const challenges = ['Keystone uri="http://a"', 'Basic'];
  assert.deepEqual(
    cloudFault(answer(401, '', { 'www-authenticate': challenges }), []).headers['WWW-Authenticate'],
    challenges,
  );
});

test('quotations of the request are masked in every form', () => {
  const secrets = ['seekr3t'];
  const quoted = "Invalid input. Value: {'adminPass': 'seekr3t'}.";
  for (const body of [
    JSON.stringify({ badRequest: { code: 400, message: quoted } }),
    JSON.stringify({ error: { code: 'Ecs.0005', message: quoted } }),
    JSON.stringify({ error_code: 'APIGW.1', error_msg: quoted }),
    JSON.stringify({ message: `${quoted}<br />`, title: 'seekr3t' }),
    `<p>${quoted}</p>`,
    quoted,
  ]) {
    const { message } = cloudFault(answer(400, body), secrets);
    assert.doesNotMatch(message, /seekr3t/);
    assert.match(message, /'\*\*\*'/);
  }
});

test('a secret that ends beyond the shown part of a page is masked', () => {
  const secret = 's3cr3t-'.repeat(20);
  const { message } = cloudFault(answer(400, `${'x'.repeat(950)} ${secret}`), [secret]);
  assert.doesNotMatch(message, /s3cr3t/);
});

test('a secret that is longer than the read part of a body is masked', () => {
  const secret = 'QUJD'.repeat(20_000);
  const body = JSON.stringify({
    badRequest: { code: 400, message: `Invalid input for user_data. Value: ${secret}. too long` },
  });
  assert.doesNotMatch(cloudFault(answer(400, body), [secret]).message, /QUJDQUJD/);
});

test('a secret with several spaces is masked in a text too', () => {
  const { message } = cloudFault(answer(400, "bad value 'seekr3t  passw0rd'"), ['seekr3t  passw0rd']);
  assert.doesNotMatch(message, /seekr3t/);
});

test('a secret with markup in it is masked in a page too', () => {
  const { message } = cloudFault(answer(400, '<p>bad value seekr3t&lt;b&gt;x</p>'), ['seekr3t<b>x']);
  assert.doesNotMatch(message, /seekr3t/);
});

test('the message of a long fault is cut', () => {
  const body = JSON.stringify({ badRequest: { message: 'x '.repeat(30_000) } });
  assert.ok(cloudFault(answer(400, body), []).message.length <= 4003);
  assert.ok(cloudFault(answer(400, 'y '.repeat(500_000)), []).message.length <= 4003);
});
