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
  ['os-getVNCConsole', answerVncConsole],
  ['os-getSPICEConsole', answerUnavailableConsole],
  ['os-getRDPConsole', answerUnavailableConsole],
  ['addFixedIp', answerFixedIp],
  ['removeFixedIp', answerFixedIp],
  ['addFloatingIp', answerFloatingIp],
  ['removeFloatingIp', answerFloatingIp],
  ['addSecurityGroup', answerSecurityGroup],
  ['removeSecurityGroup', answerSecurityGroup],
  ...TRANSITIONS,
  ...REFUSED_ACTIONS,
]);
