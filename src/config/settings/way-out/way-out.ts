import { freeText, wholeNumber, type SettingGroup } from '../forms.ts';
import { ledgerPlace } from './ledger-place.ts';

/** The ledger of who still needs the gateway, and for what. */
export const wayOutSettings = {
  title: 'Who still needs the gateway',
  settings: {
    ledger: {
      store: ledgerPlace({
        help: 'Place that keeps who needed the gateway, for what and when, for the report. memory: lost at a restart. sqlite:FILE: a file on a volume of this machine, which several gateways of the machine may share. postgres://USER:PASSWORD@HOST/DATABASE: one truth for all replicas. off: nothing is counted. A place that is away, full or slow holds no request up; what it misses is stored later.',
        example: 'sqlite:/var/lib/gateway/ledger.db',
      }),
      intervalMs: wholeNumber({
        default: 60_000,
        least: 100,
        // A report takes a run that stores nothing for 15 minutes for one that has ended; counts of workers take two intervals.
        most: 300_000,
        unit: 'milliseconds',
        help: 'Interval at which new counts are stored. A process that is killed loses at most what it counted in it; the report says so.',
        example: '10000',
      }),
      maxKeys: wholeNumber({
        default: 10_000,
        least: 100,
        most: 1_000_000,
        unit: 'items',
        help: 'Largest number of different combinations of project, client, network, operation and reason, per worker; a project has at most a twentieth of them. More are counted together as (other), which the log and gateway_ledger_others_total tell. Each takes about 1 KB of memory.',
        example: '50000',
      }),
      days: wholeNumber({
        default: 400,
        least: 1,
        most: 36_500,
        unit: 'days',
        help: 'Days for which counts are kept. Of older ones remain the first and the last use of each combination and its longest pause, for as long again. A client that comes once a year is recognised if it is more than 365.',
        example: '800',
      }),
      instance: freeText({
        default: '',
        allowed: 'a name',
        help: 'Name of this gateway in the ledger. Not set: the host name.',
        example: 'gateway-a',
      }),
    },
    retire: freeText({
      default: '',
      allowed: 'the path of a JSON file',
      help: 'File that announces the end of the gateway and brings it about: Deprecation, Sunset and Link on the answers to exchanges that needed the gateway, brownouts, and rules by which exchanges are refused with 410 before anything is sent. Read again on SIGHUP and when the file changes; one with mistakes is ignored then, and the former stays.',
      example: '/etc/gateway/retire.json',
    }),
  },
} as const satisfies SettingGroup;
