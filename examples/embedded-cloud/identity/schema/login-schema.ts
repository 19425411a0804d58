import type { JsonSchema } from './json-schema.ts';

const text = { type: 'string' } as const satisfies JsonSchema;

const domain = { type: 'object', properties: { id: text, name: text } } as const satisfies JsonSchema;

const user = {
  type: 'object',
  properties: { id: text, name: text, password: text, domain },
} as const satisfies JsonSchema;

const identity = {
  type: 'object',
  properties: {
    methods: { type: 'array', items: text },
    password: { type: 'object', properties: { user } },
    token: { type: 'object', properties: { id: text }, required: ['id'] },
  },
  required: ['methods'],
} as const satisfies JsonSchema;

const scope = {
  type: ['object', 'string'],
  properties: {
    project: { type: 'object', properties: { name: text, id: text, domain } },
    domain,
    'OS-TRUST:trust': { type: 'object', properties: { id: text } },
    system: { type: 'object', properties: { all: { type: 'boolean', enum: [true, false, null] } } },
  },
} as const satisfies JsonSchema;

/** The member `auth` of a login, as Keystone 22 describes it; its 400 quotes this schema. */
export const LOGIN_SCHEMA = {
  type: 'object',
  properties: { identity, scope },
  required: ['identity'],
} as const satisfies JsonSchema;

/** The member `user` of a change of a password. */
export const PASSWORD_SCHEMA = {
  type: 'object',
  properties: { original_password: text, password: text },
  required: ['original_password', 'password'],
  additionalProperties: false,
} as const satisfies JsonSchema;
