import { notFound } from '../call/call.ts';
import { answerConsoleOutput, answerUnavailableConsole, answerVncConsole } from './consoles.ts';
import { answerCreateBackup, answerCreateImage } from './create-image.ts';
import { answerFixedIp, answerFloatingIp, answerSecurityGroup } from './networks.ts';
import type { Action } from './parameters.ts';
import { answerChangePassword, answerRescue } from './passwords.ts';
import { answerReboot } from './reboot.ts';
import { answerRebuild } from './rebuild.ts';
import { REFUSED_ACTIONS } from './refused-actions.ts';
import { answerResize } from './resize.ts';
import { answerForceDelete, answerLock, answerUnlock } from './simple-actions.ts';
import { TRANSITIONS } from './transitions.ts';

/** The last microversions 2.x with the actions that `remote-consoles` and the network service replaced. */
const CONSOLES_UNTIL = 5;
const NETWORKS_UNTIL = 43;

/** The actions by their names. */
export const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['rebuild', answerRebuild],
  ['reboot', answerReboot],
  ['resize', answerResize],
  ['changePassword', answerChangePassword],
  ['rescue', answerRescue],
  ['createImage', answerCreateImage],
  ['createBackup', answerCreateBackup],
  ['lock', answerLock],
  ['unlock', answerUnlock],
  ['forceDelete', answerForceDelete],
  ['os-getConsoleOutput', answerConsoleOutput],
  ['os-getVNCConsole', upTo(CONSOLES_UNTIL, answerVncConsole)],
  ['os-getSPICEConsole', upTo(CONSOLES_UNTIL, answerUnavailableConsole)],
  ['os-getRDPConsole', upTo(CONSOLES_UNTIL, answerUnavailableConsole)],
  ['addFixedIp', upTo(NETWORKS_UNTIL, answerFixedIp)],
  ['removeFixedIp', upTo(NETWORKS_UNTIL, answerFixedIp)],
  ['addFloatingIp', upTo(NETWORKS_UNTIL, answerFloatingIp)],
  ['removeFloatingIp', upTo(NETWORKS_UNTIL, answerFloatingIp)],
  ['addSecurityGroup', answerSecurityGroup],
  ['removeSecurityGroup', answerSecurityGroup],
  ...TRANSITIONS,
  ...REFUSED_ACTIONS,
]);

/** Limit an action to the microversions up to 2.`last`. */
function upTo(last: number, action: Action): Action {
  return (call, parameters) => {
    if (call.scope.minor > last) throw notFound();
    return action(call, parameters);
  };
}
