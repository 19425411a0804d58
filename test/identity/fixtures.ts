import { legacyLimits } from '../../src/identity/request/login-limits.ts';
import type { LoginRules } from '../../src/identity/request/read-login.ts';
import type { CatalogueSettings } from '../../src/identity/answer/catalogue-settings.ts';
import type { CloudAnswer } from '../../src/upstream/cloud-answer.ts';

/** The id of the project of the fixtures. */
export const project = '7459f9935ed2422eb9800fea1d4d9378';

/** A Fernet token, shortened. */
export const tokenId = 'gAAAAABrDIfh80e1U6Nl-zuV_U2DglLuFtwbPZuQITLLcBA_i0cohkWzw5I5nLNZ';

/** The rules of a Keystone: keys are no passwords. */
export const keystoneRules: LoginRules = { apiKeys: 'refuse', limits: legacyLimits };

/** The addresses of the gateway, which derives the region from the catalogue. */
export const here: CatalogueSettings = {
  computeUrl: 'http://gateway.example.com:8774',
  identityUrl: 'http://gateway.example.com:5000',
  region: undefined,
  upstreamHost: undefined,
};

/** A service of v3 with the same URL for the interfaces of each region; the ids count from 1. */
export function v3Service(
  type: string,
  name: string,
  urls: Readonly<Record<string, string>>,
  interfaces: readonly string[] = ['public', 'internal', 'admin'],
): object {
  const endpoints = Object.entries(urls).flatMap(([region, url], at) =>
    interfaces.map((face) => ({ id: `${type}${at + 1}${face}`, interface: face, region_id: region, region, url })),
  );
  return { id: `${type}0`, type, name, endpoints };
}

/** The catalogue of a cloud with one region. */
export const oneRegion = [
  v3Service('compute', 'nova', { RegionOne: `http://nova.example.com:8774/v2.1/${project}` }),
  v3Service('identity', 'keystone', { RegionOne: 'http://keystone.example.com:5000/v3' }),
  v3Service('image', 'glance', { RegionOne: 'http://glance.example.com:9292' }, ['public']),
];

/** The members of a token that a test changes. */
interface TokenParts {
  readonly catalog?: readonly object[];
  readonly userName?: string;
  readonly projectName?: string;
}

/** The answer of a Keystone 22 to a login of the user demo for the project demo. */
export function v3Answer({
  catalog = oneRegion,
  userName = 'demo',
  projectName = 'demo',
}: TokenParts = {}): CloudAnswer {
  const domain = { id: 'default', name: 'Default' };
  const token = {
    methods: ['password'],
    user: { domain, id: 'ed2965d80d394be0b41e56f50ac650ca', name: userName, password_expires_at: null },
    audit_ids: ['7oRAvRk6T7CYFEduZLbNLg'],
    expires_at: '2026-11-30T20:15:29.000000Z',
    issued_at: '2026-11-29T20:15:29.000000Z',
    project: { domain, id: project, name: projectName },
    is_domain: false,
    roles: [
      { id: '5b4c0ad9a1d24b94ac04bd8a5b0ee3a3', name: 'Member' },
      { id: '9fe2ff9ee4384b1894a90878d3e92bab', name: '_member_' },
    ],
    catalog,
  };
  return answerOf(201, { token }, { 'x-subject-token': tokenId });
}

/** The same for a login without a project. */
export function unscopedAnswer(id = tokenId): CloudAnswer {
  const { token } = JSON.parse(v3Answer().body.toString()) as { token: Record<string, unknown> };
  const rest = Object.entries(token).filter(([name]) => !['project', 'roles', 'catalog', 'is_domain'].includes(name));
  return answerOf(201, { token: Object.fromEntries(rest) }, { 'x-subject-token': id });
}

/** An answer in JSON. */
export function answerOf(status: number, body: unknown, headers: CloudAnswer['headers'] = {}): CloudAnswer {
  return { status, headers, body: Buffer.from(JSON.stringify(body)) };
}
