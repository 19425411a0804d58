import { refusedUnaided, worksUnaided } from '../../schema/unaided.ts';
import { attribute, boolean, element, integer, nothing, record, string, text } from '../../schema/words.ts';
import type { Message, Shape } from '../../schema/shapes.ts';
import { linked, noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { diskConfig } from '../resources/disk-config.ts';
import { metadataOfBackup, metadataOfImage } from '../resources/metadata.ts';
import {
  eitherWay,
  requiredEitherWay,
  trimmed,
  anyText,
  nameText,
  trimmedOrNumber,
} from '../resources/request-scalars.ts';
import { adminPass, flavorRef } from '../resources/server-members.ts';

/** Describe an action on a server. Its name is the root of the request; by default it answers 202 without a document. */
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
  // The spread overrides the defaults with `rest`, which the inferred type does not express.
  return { ...described, ...rest } as Omit<typeof described, keyof Rest> & Rest;
}

const newPassword = attribute(adminPass, { ...eitherWay, secret: true });

/** The new password of a rescued or evacuated server; a cloud may answer without it. */
const passwordAnswer = {
  root: 'adminPass',
  isBare: true,
  isOptional: true,
  isUndeclared: true,
  content: record({ adminPass: text(string(), { required: true, secret: true }) }),
  ...noNamespace,
} as const satisfies Message;

const consoleAddress = {
  root: 'console',
  content: record({ type: element(string()), url: element(string()) }),
  isUndeclared: true,
  ...noNamespace,
} as const satisfies Message;

const consoleAnswer = { status: 200, answer: consoleAddress } as const;
const consoleKind = record({ type: attribute(trimmed, requiredEitherWay) });

const fixedIp = record({ address: element(trimmed, requiredEitherWay) });

/** The action that makes an image. Since microversion 2.45 clouds name it in the body, not in Location. */
const makesImage = { location: { collection: 'images' }, ignoredAnswer: ['image_id'] } as const;

const imageWithoutName = 'createImage entity requires name attribute';

/** The actions of the core API, except rebuild. */
export const coreActions = [
  action(
    'changePassword',
    record({
      adminPass: attribute(adminPass, {
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
      flavorRef: attribute(flavorRef, {
        required: true,
        missing: "Resize requests require 'flavorRef' attribute.",
      }),
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
      metadata: element(metadataOfImage),
    }),
    makesImage,
  ),
] as const;

/** The actions of extensions that answer no document and concern no network. */
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
  action('os-resetState', record({ state: element(trimmed, requiredEitherWay) })),
  action(
    'os-migrateLive',
    record({
      host: element(trimmed, { ...requiredEitherWay, nullable: true }),
      block_migration: element(boolean(), requiredEitherWay),
      disk_over_commit: element(boolean(), requiredEitherWay),
    }),
  ),
  action(
    'createBackup',
    record({
      name: element(nameText, requiredEitherWay),
      backup_type: element(anyText, requiredEitherWay),
      rotation: element(integer(), requiredEitherWay),
      metadata: element(metadataOfBackup),
    }),
    makesImage,
  ),
] as const;

/** The actions of extensions that answer a document. */
export const answeringActions = [
  action(
    'rescue',
    record(
      { adminPass: newPassword, rescue_image_ref: attribute(string({ format: 'imageId' }), eitherWay) },
      { mayBeNull: { null: worksUnaided, text: refusedUnaided } },
    ),
    {
      status: 200,
      answer: passwordAnswer,
    },
  ),
  action(
    'evacuate',
    record({
      host: attribute(trimmed, eitherWay),
      adminPass: newPassword,
      onSharedStorage: attribute(boolean(), {
        ...requiredEitherWay,
        missing: 'host and onSharedStorage must be specified.',
      }),
    }),
    { status: 200, answer: passwordAnswer },
  ),
  action(
    'os-getConsoleOutput',
    record(
      { length: attribute(integer(), { ...eitherWay, nullable: true }) },
      { mayBeNull: { null: refusedUnaided, text: refusedUnaided } },
    ),
    {
      status: 200,
      answer: { root: 'output', content: string(), isUndeclared: true, ...noNamespace },
    },
  ),
  action('os-getVNCConsole', consoleKind, consoleAnswer),
  action('os-getSPICEConsole', consoleKind, consoleAnswer),
  action('os-getRDPConsole', consoleKind, consoleAnswer),
] as const;

/** The actions of extensions that add addresses and security groups to a server, or remove them. */
export const networkActions = [
  action(
    'addFloatingIp',
    record({ address: element(trimmed, requiredEitherWay), fixed_address: element(trimmed, eitherWay) }),
  ),
  action('removeFloatingIp', record({ address: element(trimmed, requiredEitherWay) })),
  action('addFixedIp', record({ networkId: element(trimmedOrNumber, requiredEitherWay) })),
  action('removeFixedIp', fixedIp),
  action('addSecurityGroup', record({ name: element(trimmed, requiredEitherWay) })),
  action('removeSecurityGroup', record({ name: element(trimmed, requiredEitherWay) })),
] as const;
