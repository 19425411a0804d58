/** A request to an identity service; names in braces stand for what differs between two of them. */
export interface IdentityStep {
  readonly method: string;
  readonly path: string;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  readonly type?: string;
  /** The names of the tokens in X-Auth-Token and X-Subject-Token. */
  readonly as?: string;
  readonly subject?: string;
  /** The name under which later steps find the token of the answer. */
  readonly keeps?: string;
}

const tokens = '/v3/auth/tokens';
const byId = { id: 'default' };
const demo = { name: 'demo', domain: byId, password: '{password}' };
const project = { project: { name: 'demo', domain: byId } };

/** Create a login by password, of the user `demo` unless another is given. */
function login(user: unknown, scope?: unknown): IdentityStep {
  const identity = { methods: ['password'], password: { user } };
  return { method: 'POST', path: tokens, body: { auth: { identity, ...(scope !== undefined && { scope }) } } };
}

function loginByToken(token: unknown, scope?: unknown): IdentityStep {
  const identity = { methods: ['token'], token };
  return { method: 'POST', path: tokens, body: { auth: { identity, ...(scope !== undefined && { scope }) } } };
}

const post = (body: unknown, type = 'application/json'): IdentityStep => ({ method: 'POST', path: tokens, body, type });
const get = (path: string, as?: string): IdentityStep => ({ method: 'GET', path, ...(as !== undefined && { as }) });

/** The version documents, and what has no route. */
const versionSteps: readonly IdentityStep[] = [
  ...['/', '/v3', '/v3/', '//v3', '/v2.0', '/v3/nope', '/nope'].map((path) => get(path)),
  { method: 'HEAD', path: '/' },
  { method: 'POST', path: '/' },
  { method: 'POST', path: '/v3' },
  { method: 'PUT', path: tokens },
  { method: 'PATCH', path: tokens, body: {} },
  { method: 'POST', path: '/v3/auth/projects', body: {} },
  get('/v3/users/{user}/password'),
];

/** Logins that the cloud accepts; the steps after these use their tokens. */
const acceptedSteps: readonly IdentityStep[] = [
  { ...login(demo, project), keeps: 'scoped' },
  { ...login(demo, 'unscoped'), keeps: 'unscoped' },
  { ...login({ name: '{other}', domain: byId, password: '{otherpassword}' }, 'unscoped'), keeps: 'stranger' },
  login(demo),
  login({ ...demo, domain: { name: 'Default' } }, { project: { name: 'demo', domain: { name: 'Default' } } }),
  login({ id: '{user}', password: '{password}' }, { project: { id: '{project}' } }),
  login(demo, { unscoped: {} }),
  { ...login(demo, project), path: `${tokens}?nocatalog` },
  { ...login(demo, project), path: `${tokens}?nocatalog=false` },
  { ...login(demo, project), type: 'application/json; charset=utf-8' },
  { ...login(demo), as: 'dead' },
  { ...loginByToken({ id: '{unscoped}' }, project), keeps: 'rescoped' },
  loginByToken({ id: '{rescoped}' }, project),
  loginByToken({ id: '{scoped}' }, 'unscoped'),
  loginByToken({ id: '{scoped}' }),
  post({
    auth: { identity: { methods: ['token', 'password'], token: { id: '{scoped}' }, password: { user: demo } } },
  }),
];

const refusedUsers: readonly unknown[] = [
  { ...demo, password: 'wrong' },
  { ...demo, password: '' },
  { name: 'demo', domain: byId },
  { ...demo, name: 'nobody-of-this-name' },
  { ...demo, domain: { name: 'nope' } },
  { ...demo, domain: { id: 'nope' } },
  { name: 'demo', password: '{password}' },
  { id: 'nope', password: 'x' },
  { ...demo, name: '' },
  { password: 'x' },
  {},
  { ...demo, domain: {} },
  { ...demo, password: 5 },
  { ...demo, password: null },
  { ...demo, name: 5 },
  { ...demo, domain: 'x' },
  { ...demo, password: ["sec'ret", true, { b: null, a: 'it' }] },
  'x',
];

const refusedScopes: readonly unknown[] = [
  {},
  'x',
  null,
  5,
  { project: { name: 'demo' } },
  { project: { name: 'demo', id: '{project}' } },
  { project: {} },
  { project: { id: '', name: '' } },
  { project: { name: 'demo', domain: {} } },
  { project: { name: 'demo', domain: { name: 'nope' } } },
  { project: { id: 'nope' } },
  { project: { name: 'nope', domain: byId } },
  { project: { name: 5, domain: byId } },
  { domain: byId },
  { domain: { id: 'nope' } },
  { domain: {} },
  { system: { all: true } },
  { system: { all: 'x' } },
  { 'OS-TRUST:trust': { id: 'nope' } },
  { 'OS-TRUST:trust': {} },
  { ...project, 'OS-TRUST:trust': { id: 'nope' } },
];

/** Documents that are no login. */
const refusedDocuments: readonly unknown[] = [
  {},
  { x: 1 },
  { auth: null },
  { auth: {} },
  { auth: 'x' },
  { auth: [] },
  { auth: { identity: {} } },
  { auth: { identity: 5 } },
  { auth: { identity: { methods: [] } } },
  { auth: { identity: { methods: 'password' } } },
  { auth: { identity: { methods: [5] } } },
  { auth: { identity: { methods: ['password'] } } },
  { auth: { identity: { methods: ['password'], password: {} } } },
  { auth: { identity: { methods: ['nope'] } } },
  { auth: { identity: { methods: ['nope'], nope: {} } } },
  { auth: { identity: { methods: ['token', 'password'], token: { id: '{stranger}' }, password: { user: demo } } } },
];

/** Logins that the cloud refuses. */
const refusedSteps: readonly IdentityStep[] = [
  ...refusedUsers.map((user) => login(user)),
  login({ ...demo, password: 'wrong' }, { project: { name: 'demo' } }),
  ...refusedScopes.map((scope) => login(demo, scope)),
  ...refusedDocuments.map((document) => post(document)),
  ...[{}, { id: 5 }, { id: '' }, { id: 'nope' }, { id: 'gAAAAABrDIfh' }].map((token) => loginByToken(token)),
  loginByToken({ id: '{unscoped}' }, { project: { id: 'nope' } }),
  ...['', '{', '[]', '"x"', '\uFEFF{}'].map((text) => post(text)),
  post('<auth/>', 'application/xml'),
  post('{}', 'text/plain'),
  post('{"auth": {}}', 'application/xml+json'),
  post('x'.repeat(114_689)),
];

/** Looks at tokens, and at what they are for. */
const tokenSteps: readonly IdentityStep[] = [
  ...['GET', 'HEAD', 'DELETE'].flatMap((method): readonly IdentityStep[] => [
    { method, path: tokens, as: 'scoped', subject: 'nope' },
    { method, path: tokens, as: 'scoped' },
    { method, path: tokens, as: 'scoped', subject: 'stranger' },
    { method, path: tokens, subject: 'scoped' },
    { method, path: tokens, as: 'dead', subject: 'scoped' },
    { method, path: tokens, as: 'dead', subject: 'nope' },
    { method, path: tokens, as: 'empty', subject: 'scoped' },
  ]),
  ...['GET', 'HEAD'].flatMap((method): readonly IdentityStep[] => [
    { method, path: tokens, as: 'scoped', subject: 'scoped' },
    { method, path: tokens, as: 'scoped', subject: 'unscoped' },
    { method, path: tokens, as: 'unscoped', subject: 'rescoped' },
    { method, path: `${tokens}?nocatalog`, as: 'scoped', subject: 'scoped' },
    { method, path: '/v3/auth/projects', as: 'unscoped' },
    { method, path: '/v3/auth/catalog', as: 'scoped' },
  ]),
  get('/v3/auth/projects/', 'scoped'),
  get('/v3/auth/projects?limit=1', 'scoped'),
  get('/v3/auth/catalog', 'unscoped'),
  ...['/v3/auth/projects', '/v3/auth/catalog'].flatMap((path) => [get(path), get(path, 'dead'), get(path, 'empty')]),
];

/** Revokes a token, and uses it after that. */
const revocationSteps: readonly IdentityStep[] = [
  { method: 'DELETE', path: tokens, as: 'scoped', subject: 'unscoped' },
  { method: 'GET', path: tokens, as: 'scoped', subject: 'unscoped' },
  { method: 'DELETE', path: tokens, as: 'scoped', subject: 'unscoped' },
  loginByToken({ id: '{unscoped}' }),
  get('/v3/auth/projects', 'unscoped'),
  get('/v3/auth/projects', 'scoped'),
  { method: 'DELETE', path: tokens, as: 'scoped', subject: 'scoped' },
  get('/v3/auth/projects', 'scoped'),
];

/** Changes of a password that the cloud refuses before it looks at the password. */
const passwordSteps: readonly IdentityStep[] = [
  {},
  { user: {} },
  { user: { password: 'n' } },
  { user: { original_password: 'o' } },
  { user: { password: 5, original_password: 'o' } },
  { user: { password: 'n', original_password: 5 } },
  { user: { password: 'n', original_password: 'o', y: 1, x: 1 } },
  { user: 'x' },
  { user: null },
].map((body) => ({ method: 'POST', path: '/v3/users/{user}/password', body }));

/** Changes the password, which ends the tokens of the user. */
const changeSteps: readonly IdentityStep[] = [
  { ...login(demo), keeps: 'before' },
  changed('wrong', 'new'),
  changed('{password}', 'new'),
  get('/v3/auth/projects', 'before'),
  { method: 'GET', path: tokens, as: 'stranger', subject: 'before' },
  loginByToken({ id: '{before}' }),
  login(demo),
  login({ ...demo, password: 'new' }),
];

function changed(original: string, password: string): IdentityStep {
  const body = { user: { original_password: original, password } };
  return { method: 'POST', path: '/v3/users/{user}/password', body };
}

/** The requests for which the embedded identity service is compared with a real one, in their order. */
export const IDENTITY_STEPS: readonly IdentityStep[] = [
  ...versionSteps,
  ...acceptedSteps,
  ...refusedSteps,
  ...tokenSteps,
  ...passwordSteps,
  { ...changed('o', 'n'), path: '/v3/users/nope/password' },
  ...revocationSteps,
  ...changeSteps,
];
