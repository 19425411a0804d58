import { gunzipSync } from 'node:zlib';

type Members = Readonly<Record<string, unknown>>;

/** A file of a personality. */
interface File {
  readonly path: string;
  readonly contents: string;
}

/** Make the body that each kind of cloud must receive from legacy Nova's reading of a rebuild. */
export const modernBodies = { nova: asNova, ecs: asEcs } as const satisfies Record<
  string,
  (rebuild: Members) => Members
>;

/** The kinds of cloud that recordings are replayed against. */
export type Profile = keyof typeof modernBodies;

export const profileNames = Object.keys(modernBodies) as readonly Profile[];

/** Members that the ecs profile drops with a note. */
const droppedOnEcs = ['accessIPv4', 'accessIPv6', 'OS-DCF:diskConfig', 'preserve_ephemeral'] as const;

/** List the notes that Gateway-Translation must have for a rebuild, in any order. */
export function translationNotes(profile: Profile, rebuild: Members): string[] {
  const name = trimmed(rebuild.name);
  if (profile === 'nova') return name === rebuild.name ? [] : ['name;rewritten'];
  const dropped = droppedOnEcs.filter((member) => Object.hasOwn(rebuild, member));
  const nameless = filesOf(rebuild).flatMap(({ path }, index) => (path === '' ? [`personality.${index}`] : []));
  return [
    ...[...dropped, ...nameless].map((member) => `${member};dropped`),
    ...(carriesFiles(profile, rebuild) ? ['personality;mapped="user_data"'] : []),
  ];
}

/** Whether files travel as user_data, which takes microversion 2.57 and a look at what the server has. */
export function carriesFiles(profile: Profile, rebuild: Members): boolean {
  return profile === 'ecs' && writtenFiles(rebuild).length > 0;
}

/** The body that the cloud received, its user_data shown as the files that cloud-init would write. */
export function readModernBody(body: Buffer): Members {
  const { rebuild, ...others } = JSON.parse(body.toString('utf8')) as { readonly rebuild: Members };
  const { user_data: userData, ...members } = rebuild;
  const shown = typeof userData === 'string' ? { ...members, user_data: readCloudConfig(userData) } : members;
  return { ...shown, ...others };
}

function asNova(rebuild: Members): Members {
  const { accessIPv4, personality } = rebuild;
  return {
    ...rebuild,
    imageRef: imageId(rebuild),
    ...(rebuild.name === undefined ? {} : { name: trimmed(rebuild.name) }),
    ...(typeof accessIPv4 === 'string' ? { accessIPv4: dotted(accessIPv4) } : {}),
    ...(personality === undefined ? {} : { personality: filesOf(rebuild) }),
  };
}

function asEcs(rebuild: Members): Members {
  const { personality: _personality, ...members } = rebuild;
  for (const member of droppedOnEcs) delete (members as Record<string, unknown>)[member];
  const written = writtenFiles(rebuild);
  return {
    ...members,
    imageRef: imageId(rebuild),
    ...(written.length === 0 ? {} : { user_data: written.map(writtenFile) }),
  };
}

function imageId({ imageRef }: Members): string | undefined {
  const [path = ''] = String(imageRef).split(/[?#]/);
  return path
    .split('/')
    .findLast((part) => part !== '')
    ?.toLowerCase();
}

function filesOf({ personality }: Members): File[] {
  return ((personality ?? []) as readonly File[]).map(({ path, contents }) => ({
    path,
    contents: contents.replace(/\s+/g, ''),
  }));
}

/** cloud-init skips a file without a path, so there is nothing to write for one. */
function writtenFiles(rebuild: Members): File[] {
  return filesOf(rebuild).filter(({ path }) => path !== '');
}

function trimmed(name: unknown): unknown {
  return typeof name === 'string' ? name.trim() : name;
}

function writtenFile({ path, contents }: File): Members {
  return {
    path: path.startsWith('/') ? path : `/${path}`,
    encoding: 'b64',
    content: contents,
    owner: 'root:root',
    permissions: '0440',
  };
}

/** Parse an address as inet_aton does, with decimal parts only, since the recordings have no others. The last part fills the remaining bytes. */
function dotted(text: string): string {
  const parts = text.split('.').map(Number);
  const last = parts.pop() ?? 0;
  const left = [24, 16, 8, 0].slice(parts.length).map((shift) => Math.floor(last / 2 ** shift) % 256);
  return [...parts, ...left].join('.');
}

function readCloudConfig(userData: string): unknown {
  const bytes = Buffer.from(userData, 'base64');
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8');
  if (!text.startsWith('#cloud-config\n')) return text;
  const config = JSON.parse(text.replace(/^#.*$/gm, '')) as { readonly write_files?: unknown };
  return config.write_files;
}
