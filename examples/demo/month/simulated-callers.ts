/** The clients that the demo's ledger pretends to have counted. */

/** The days on which a client calls: `ends` are the last days of months. */
export type Rhythm = 'daily' | 'workdays' | 'weekly' | 'ends';

/** An operation that a client calls, the reasons that each call has, and about how many calls a day has. */
export interface SimulatedCalls {
  readonly operation: string;
  readonly reasons: readonly string[];
  readonly perDay: number;
}

/** A client of a project. */
export interface SimulatedCaller {
  readonly project: string;
  readonly agent: string;
  readonly network: string;
  readonly rhythm: Rhythm;
  readonly calls: readonly SimulatedCalls[];
  /** The first and the last day of its calls, in days before today; by default the first of all and today. */
  readonly from?: number;
  readonly until?: number;
  /** Calls of a hundred that fail. */
  readonly failing?: number;
}

/** The days before today of which the demo's ledger has counts. */
export const simulatedDays = 150;

const rebuildInXml: SimulatedCalls = {
  operation: 'rebuild',
  reasons: ['xml-request', 'xml-answer', 'url-reference', 'mapped:personality'],
  perDay: 6,
};
const listInXml: SimulatedCalls = { operation: 'listServersDetail', reasons: ['xml-answer'], perDay: 48 };
const createInXml: SimulatedCalls = { operation: 'createServer', reasons: ['xml-request', 'xml-answer'], perDay: 9 };

export const simulatedCallers: readonly SimulatedCaller[] = [
  {
    project: 'finance',
    agent: 'fog/1.22.0',
    network: '192.0.2.0/24',
    rhythm: 'daily',
    calls: [rebuildInXml, listInXml, { operation: 'showServer', reasons: ['xml-answer'], perDay: 120 }],
    failing: 2,
  },
  {
    project: 'finance',
    agent: 'Python-httplib2/0.7.7 (gzip)',
    network: '198.51.100.0/24',
    rhythm: 'ends',
    calls: [
      { operation: 'createServer', reasons: ['url-reference', 'dropped:accessIPv4'], perDay: 14 },
      { operation: 'deleteServer', reasons: ['path-v1.1'], perDay: 14 },
    ],
  },
  {
    project: 'finance',
    agent: 'openstacksdk/4.0.0 keystoneauth1/5.8.0 python-requests/2.32.3',
    network: '192.0.2.0/24',
    rhythm: 'workdays',
    calls: [{ operation: 'listServersDetail', reasons: ['path-v2'], perDay: 260 }],
    from: 60,
  },
  {
    project: 'archiv-münchen',
    agent: 'jclouds/1.5.10 java/1.6.0_45',
    network: '203.0.113.0/24',
    rhythm: 'workdays',
    calls: [{ operation: 'listServersDetail', reasons: ['suffix', 'xml-answer'], perDay: 30 }, createInXml],
    until: 47,
  },
  {
    project: 'archiv-münchen',
    agent: 'jclouds/2.6.0 java/17.0.9',
    network: '203.0.113.0/24',
    rhythm: 'workdays',
    calls: [{ operation: 'listServersDetail', reasons: ['path-v2'], perDay: 34 }],
    from: 46,
  },
  {
    project: '研究所-計算',
    agent: 'libcloud/0.14.1 (OpenStack)',
    network: '2001:db8:40::/48',
    rhythm: 'workdays',
    calls: [createInXml, { operation: 'listImagesDetail', reasons: ['xml-answer', 'path-v1.1'], perDay: 22 }],
    failing: 5,
  },
  {
    project: '研究所-計算',
    agent: 'libcloud/3.8.0 (OpenStack)',
    network: '2001:db8:40::/48',
    rhythm: 'daily',
    calls: [{ operation: 'listServersDetail', reasons: ['path-v2'], perDay: 75 }],
    from: 32,
  },
  {
    project: 'архив-судов',
    agent: 'nova-backup.sh/3 curl/7.22.0',
    network: '198.51.100.0/24',
    rhythm: 'daily',
    calls: [
      { operation: 'listServers', reasons: ['suffix', 'path-v1.1'], perDay: 2 },
      { operation: 'createImage', reasons: ['xml-request', 'path-v1.1'], perDay: 12 },
    ],
  },
  {
    project: 'بحوث-المناخ',
    agent: 'php-opencloud/1.5.10 cURL/7.19.7 PHP/5.3.3',
    network: '203.0.113.0/24',
    rhythm: 'weekly',
    calls: [
      { operation: 'rebuild', reasons: ['url-reference', 'spelling:accessIPv4'], perDay: 4 },
      { operation: 'updateServer', reasons: ['dropped:accessIPv4'], perDay: 3 },
    ],
  },
  {
    project: 'ηλεκτρονικό-κατάστημα',
    agent: 'fog/1.20.0',
    network: '192.0.2.0/24',
    rhythm: 'daily',
    calls: [rebuildInXml, listInXml],
    until: 118,
  },
  {
    project: 'गणित-विभाग',
    agent: 'Apache-HttpClient/4.1.1 (java 1.5)',
    network: '2001:db8:77::/48',
    rhythm: 'weekly',
    calls: [{ operation: 'listFlavorsDetail', reasons: ['xml-answer', 'path-v1.1'], perDay: 5 }, createInXml],
    until: 17,
  },
  {
    project: '7459f9935ed2422eb9800fea1d4d9378',
    agent: 'jclouds/1.6.0 java/1.7.0_55',
    network: '198.51.100.0/24',
    rhythm: 'workdays',
    calls: [rebuildInXml, { operation: 'listKeypairs', reasons: ['xml-answer', 'suffix'], perDay: 8 }],
    failing: 1,
  },
  {
    project: 'ci-runners',
    agent: 'gophercloud/2.1.0',
    network: '192.0.2.0/24',
    rhythm: 'daily',
    calls: [
      { operation: 'listServersDetail', reasons: ['path-v2'], perDay: 1400 },
      { operation: 'rebuild', reasons: ['microversion:key_name'], perDay: 85 },
    ],
  },
  {
    project: 'hr-portal',
    agent: 'Java/1.6.0_29',
    network: '203.0.113.0/24',
    rhythm: 'workdays',
    calls: [{ operation: 'createServer', reasons: ['chunked-request', 'spelling:name'], perDay: 7 }],
    until: 24,
  },
  {
    project: 'disaster-recovery',
    agent: '',
    network: '198.51.100.0/24',
    rhythm: 'ends',
    calls: [{ operation: 'listServers', reasons: ['path-v1.1', 'media-version'], perDay: 3 }],
    until: 35,
  },
  {
    project: 'monitoring',
    agent: 'check_nova/1.4',
    network: '192.0.2.0/24',
    rhythm: 'daily',
    calls: [{ operation: 'GET os-fping', reasons: ['withdrawn:os-fping'], perDay: 288 }],
    failing: 100,
  },
  {
    project: '(none)',
    agent: 'python-keystoneclient',
    network: '198.51.100.0/24',
    rhythm: 'daily',
    calls: [{ operation: 'logIn', reasons: ['login-v2.0'], perDay: 21 }],
  },
  {
    project: '(unverified)',
    agent: '(other)',
    network: '(other)',
    rhythm: 'weekly',
    calls: [{ operation: '(other)', reasons: ['xml-request'], perDay: 9 }],
    failing: 100,
  },
];
