import type { Help, Setting } from './forms.ts';

/** Define a setting that is a URL; the empty text means "not set". */
export function optionalUrl(options: Help): Setting<string> {
  return {
    ...options,
    ...baseUrl,
    default: '',
    allowed: 'an http or https URL without the version, query and credentials',
    schema: { type: 'string' },
  };
}

/** Define a setting that is the URL of a host without a path; the empty text means "not set". */
export function hostUrl(options: Help): Setting<string> {
  return {
    ...optionalUrl(options),
    parse: (given) => {
      const url = webUrl(given);
      return url !== undefined && new URL(url).pathname === '/' ? url : undefined;
    },
    mend: (given) => {
      const url = webUrl(given);
      return url === undefined ? mendOfUrl(given) : `leave "${new URL(url).pathname}" away`;
    },
    allowed: 'an http or https URL without path, query and credentials',
  };
}

/** Define the required setting of the cloud's URL. */
export function cloudUrl(options: Help): Setting<string> {
  return {
    ...options,
    ...baseUrl,
    default: undefined,
    allowed: 'an http or https URL without the version, query and credentials',
    schema: { type: 'string' },
  };
}

/** The URL to which the gateway appends the version and the project itself. */
const baseUrl = {
  parse: (given: string) => (endpointRest(given) === undefined ? webUrl(given) : undefined),
  mend: (given: string) => mendOfEndpoint(given) ?? mendOfUrl(given),
} as const;

/** Define the setting of the identity service's URL; the empty text means "not set". */
export function identityUrl(options: Help): Setting<string> {
  return {
    ...optionalUrl(options),
    // The gateway appends the version itself, so that each login would go to /v3/v3.
    parse: (given) => (identityVersion.test(given) ? undefined : webUrl(given)),
    mend: (given) => mendOfIdentity(given) ?? mendOfUrl(given),
    allowed: 'an http or https URL without the version, query and credentials',
  };
}

/** A version of the Identity API at the end of a URL, with the path of a login or without. */
const identityVersion = /\/v(?:2\.0|3)(?:\/(?:auth\/)?tokens)?\/*$/;

function mendOfIdentity(given: string): string | undefined {
  const [rest = ''] = identityVersion.exec(given) ?? [];
  if (rest === '') return undefined;
  const meant = webUrl(given.slice(0, -rest.length));
  return `leave "${rest}" away, because the gateway appends the version itself${meant === undefined ? '' : `: set ${meant}`}`;
}

/** Parse a URL that has no query, fragment or credentials, and remove its trailing slashes. */
function webUrl(given: string): string | undefined {
  // new URL() deletes line ends and tabs inside a text, so that two lines would become one host.
  if (/\s/.test(given) || !URL.canParse(given)) return undefined;
  const url = new URL(given);
  const bare = url.href.replace(/\/+$/, '');
  return isWeb(url) && extrasOf(url).length === 0 && !hasTwoSchemes(bare) ? bare : undefined;
}

/** Check for a URL that was pasted behind a scheme: `https://https://host` is the host `https` and the path `//host`. */
function hasTwoSchemes(given: string): boolean {
  return /^https?:\/\/https?:?\/\//i.test(given);
}

function isWeb({ protocol }: URL): boolean {
  return /^https?:$/.test(protocol);
}

/** List the parts of a URL that no setting takes. */
function extrasOf({ search, hash, username, password, href }: URL): string[] {
  return [
    ...(username !== '' || password !== '' ? ['the credentials'] : []),
    ...(search !== '' || /\?(?:#|$)/.test(href) ? ['the query'] : []),
    ...(hash !== '' ? ['the fragment'] : []),
  ];
}

function mendOfUrl(given: string): string | undefined {
  if (/\s/.test(given)) return `leave ${/[\r\n]/.test(given) ? 'the line end' : 'the white space'} inside it away`;
  if (hasTwoSchemes(given)) return `leave the first ${given.slice(0, given.indexOf('//') + 2)} away`;
  if (/^[\w.-]+(?::\d+)?(?:\/|$)/.test(given)) return `begin it with http:// or https://, as in https://${given}`;
  if (!URL.canParse(given) || !isWeb(new URL(given))) return undefined;
  const extras = extrasOf(new URL(given));
  return extras.length === 0 ? undefined : `leave ${extras.join(' and ')} away`;
}

/** A place that the catalogue of an identity service fills in: `%(tenant_id)s`, `$(project_id)s`, `{project_id}`. */
const template = /[$%]\(\w+\)s?|\$?\{\w+\}|<\w+>/;
/** A version of the compute API, as the segment of a path. */
const version = /^v\d+(?:\.\d+)?$/;
/** The id of a project, as clouds make them: 32 hexadecimal digits, a UUID, a number, or a name with AUTH_. */
const project = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+|AUTH_.+)$/i;

/**
 * Find the part of a URL that belongs to one version or project, as endpoints in a catalogue have it: the gateway appends its
 * own, so that each request would go to `/v2.1/PROJECT/v2.1/PROJECT`. A version may also belong to the path of an API server,
 * such as `/v1/compute`, so a word after it must look like a project, or the version like one of compute.
 */
function endpointRest(given: string): { readonly base: string; readonly rest: string } | undefined {
  const [, origin = '', path = ''] = /^([a-z]+:\/\/[^/?#]*)([^?#]*)/i.exec(given) ?? [];
  const segments = path.split('/').slice(1);
  const first = segments.findIndex((segment, index) => {
    const next = segments[index + 1] ?? '';
    const isEndpoint = next === '' || segment.includes('.') || project.test(next) || template.test(next);
    return template.test(segment) || (version.test(segment) && isEndpoint);
  });
  if (first === -1) return undefined;
  const rest = `/${segments.slice(first).join('/')}`;
  return { base: origin + path.slice(0, -rest.length), rest };
}

function mendOfEndpoint(given: string): string | undefined {
  const found = endpointRest(given);
  if (found === undefined) return undefined;
  const meant = webUrl(found.base) === undefined ? '' : `: set ${found.base}`;
  return `leave "${found.rest}" away, because the gateway appends the version and the project itself${meant}`;
}

const proxyWords = ['off', 'environment'];

/** Define a setting that is a proxy: off, environment, or a URL with or without credentials. */
export function proxyChoice(options: Help): Setting<string> {
  return {
    ...options,
    isSecret: true,
    parse: (given) => (proxyWords.includes(given) ? given : proxyUrl(given)),
    default: 'off',
    allowed: 'off, environment, or an http or https URL without a path',
    schema: {
      anyOf: [
        { type: 'string', enum: proxyWords },
        { type: 'string', pattern: ':' },
      ],
    },
  };
}

/** Parse the URL of a proxy; undefined for a text that is none. */
export function proxyUrl(given: string): string | undefined {
  if (/\s/.test(given) || !URL.canParse(given)) return undefined;
  const url = new URL(given);
  const isPlain = url.search === '' && url.hash === '' && url.pathname === '/' && url.hostname !== '';
  const isDecodable = !/%(?![\da-f]{2})/i.test(url.username + url.password);
  return isPlain && isDecodable && isWeb(url) ? url.href : undefined;
}
