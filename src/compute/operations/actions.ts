import { attribute, boolean, element, integer, nothing, record, string, text } from '../../schema/words.ts';
import type { MemberOptions, Message, Shape } from '../../schema/shapes.ts';
import { linked, none } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { diskConfig } from '../resources/disk-config.ts';
import { metadata } from '../resources/metadata.ts';

/** An action on a server, named as its request's root; it answers nothing unless it says so. */
function action<const Name extends string, S extends Shape, const Rest extends Partial<Operation> = object>(
  name: Name,
  content: S,
  rest?: Rest,
) {
  const described = {
    name,
    method: 'POST',
    route: 'servers/{server_id}/action',
    request: { root: name, content, ...linked },
    status: 202,
  } as const;
  // What the action says of itself stands in the place of the rule.
  return { ...described, ...rest } as Omit<typeof described, keyof Rest> & Rest;
}

/** Legacy Nova's generic reader took each scalar as an attribute or an element, and clients wrote both. */
const eitherWay = { eitherWay: true } as const satisfies MemberOptions;
const required = { eitherWay: true, required: true } as const satisfies MemberOptions;
const word = string({ format: 'trimmed' });
const adminPass = attribute(string({ refusal: 'Invalid adminPass' }), { eitherWay: true, secret: true });

/** The password of a server that was rescued or evacuated, where the cloud tells it. */
const newPassword = {
  root: 'adminPass',
  isBare: true,
  isOptional: true,
  isUndeclared: true,
  content: record({ adminPass: text(string(), { required: true, secret: true }) }),
  ...none,
} as const satisfies Message;

const consoleAddress = {
  root: 'console',
  content: record({ type: element(string()), url: element(string()) }),
  isUndeclared: true,
  ...none,
} as const satisfies Message;

const consoleAnswer = { status: 200, answer: consoleAddress } as const;
const consoleKind = record({ type: attribute(word, required) });

const fixedIp = record({ address: element(word, required) });

const imageWithoutName = 'createImage entity requires name attribute';

/** What the core API does with a server, besides rebuild. */
export const coreActions = [
  action(
    'changePassword',
    record({
      adminPass: attribute(string({ refusal: 'Invalid adminPass' }), {
        required: true,
        missing: 'No adminPass was specified',
        secret: true,
      }),
    }),
  ),
  action(
    'reboot',
    record({
      type: attribute(
        string({ oneOf: ['HARD', 'SOFT'], anyCase: true, refusal: "Argument 'type' for reboot is not HARD or SOFT" }),
        {
          required: true,
          missing: "Missing argument 'type' for reboot",
        },
      ),
    }),
  ),
  action(
    'resize',
    record({
      flavorRef: attribute(
        string({ format: 'lastSegment', also: ['number'], refusal: 'Invalid flavorRef provided.' }),
        {
          required: true,
          missing: "Resize requests require 'flavorRef' attribute.",
        },
      ),
      'OS-DCF:diskConfig': diskConfig,
    }),
  ),
  action('confirmResize', nothing(), { status: 204 }),
  action('revertResize', nothing()),
  action(
    'createImage',
    record({
      name: attribute(string({ format: 'notEmpty', formatRefusal: imageWithoutName }), {
        required: true,
        missing: imageWithoutName,
      }),
      metadata: element(metadata),
    }),
    { location: { collection: 'images' } },
  ),
] as const;

/** What extensions do with a server and say nothing of. */
export const lifecycleActions = [
  action('pause', nothing()),
  action('unpause', nothing()),
  action('suspend', nothing()),
  action('resume', nothing()),
  action('lock', nothing()),
  action('unlock', nothing()),
  action('migrate', nothing()),
  action('resetNetwork', nothing()),
  action('injectNetworkInfo', nothing()),
  action('os-start', nothing()),
  action('os-stop', nothing()),
  action('forceDelete', nothing()),
  action('restore', nothing()),
  action('shelve', nothing()),
  action('unshelve', nothing()),
  action('shelveOffload', nothing()),
  action('unrescue', nothing()),
  action('os-resetState', record({ state: element(word, required) })),
  action(
    'os-migrateLive',
    record({
      host: element(word, { ...required, nullable: true }),
      block_migration: element(boolean(), required),
      disk_over_commit: element(boolean(), required),
    }),
  ),
  action(
    'createBackup',
    record({
      name: element(word, required),
      backup_type: element(word, required),
      rotation: element(integer(), required),
      metadata: element(metadata),
    }),
    { location: { collection: 'images' } },
  ),
] as const;

/** What extensions do with a server and answer. */
export const answeringActions = [
  action(
    'rescue',
    record({ adminPass, rescue_image_ref: attribute(string({ format: 'imageId' }), eitherWay) }, { mayBeNull: true }),
    {
      status: 200,
      answer: newPassword,
    },
  ),
  action(
    'evacuate',
    record({
      host: attribute(word, eitherWay),
      adminPass,
      onSharedStorage: attribute(boolean(), { ...required, missing: 'host and onSharedStorage must be specified.' }),
    }),
    { status: 200, answer: newPassword },
  ),
  action(
    'os-getConsoleOutput',
    record({ length: attribute(integer(), { ...eitherWay, nullable: true }) }, { mayBeNull: true }),
    {
      status: 200,
      answer: { root: 'output', content: string(), isUndeclared: true, ...none },
    },
  ),
  action('os-getVNCConsole', consoleKind, consoleAnswer),
  action('os-getSPICEConsole', consoleKind, consoleAnswer),
  action('os-getRDPConsole', consoleKind, consoleAnswer),
] as const;

/** What extensions give to a server and take away. */
export const networkActions = [
  action('addFloatingIp', record({ address: element(word, required), fixed_address: element(word, eitherWay) })),
  action('removeFloatingIp', record({ address: element(word, required) })),
  action('addFixedIp', record({ networkId: element(string({ format: 'trimmed', also: ['number'] }), required) })),
  action('removeFixedIp', fixedIp),
  action('addSecurityGroup', record({ name: element(word, required) })),
  action('removeSecurityGroup', record({ name: element(word, required) })),
] as const;
