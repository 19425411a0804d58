import { checkCommand } from '../gateway/check.ts';
import type { Command } from '../command.ts';
import { explainCommand } from '../explain/explain.ts';
import { retirePlanCommand } from '../retire/plan/retire-plan.ts';
import { retireShowCommand } from '../retire/show/retire-show.ts';
import { serveCommand } from '../gateway/serve.ts';
import { translateCommand } from '../translate/translate.ts';
import { ledgerForgetCommand } from '../ledger/forget.ts';
import { reportCommand } from '../report/report.ts';
import { versionCommand } from '../gateway/version.ts';

/**
 * The commands in the order of the help. Each loads what it needs when it is carried out, so that none makes the start of
 * another slow.
 */
export const commands: readonly Command[] = [
  serveCommand,
  checkCommand,
  translateCommand,
  explainCommand,
  reportCommand,
  ledgerForgetCommand,
  retirePlanCommand,
  retireShowCommand,
  versionCommand,
];
