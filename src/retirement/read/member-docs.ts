/** The members of a retirement file, of which the reader has their names and the documents their meaning. */

/** A member, for operators. */
interface MemberDoc {
  /** The values that it may have. */
  readonly value: string;
  readonly meaning: string;
}

/** Members by name. */
type MemberDocs = Readonly<Record<string, MemberDoc>>;

const moment =
  'a date, or a date and a time: `2027-03-31`, `2027-03-31T10:00`, `2027-03-31T10:00Z`, `2027-03-31T10:00+01:00`';
const zone = 'an IANA name, such as `Europe/Berlin`';
const selections = 'a list of selections';

export const fileDocs = {
  deprecation: { value: moment, meaning: 'Time since when the old API is deprecated: `Deprecation`.' },
  sunset: { value: moment, meaning: 'Time at which it ends: `Sunset`. It refuses nothing by itself.' },
  link: {
    value: 'a URL of http or https',
    meaning: 'Page to read: `Link` with `rel="deprecation"`, and in the text of refusals.',
  },
  sunsetLink: { value: 'a URL of http or https', meaning: 'Page about the dates: `Link` with `rel="sunset"`.' },
  successorLink: { value: 'a URL of http or https', meaning: 'The API to use: `Link` with `rel="successor-version"`.' },
  timeZone: { value: zone, meaning: 'Time zone of all times without an offset. Not given: UTC.' },
  needs: {
    value: '`breaking` or `all`',
    meaning: 'Needs that count: those that break without the gateway (the default), or all.',
  },
  brownouts: { value: 'a list of at most 100', meaning: 'Times in which exchanges are refused on trial.' },
  rules: {
    value: 'a list of at most 5000, of which 200 may be without `project`',
    meaning: 'Exchanges that are refused for good.',
  },
  except: { value: selections, meaning: 'Exchanges that are never refused.' },
} as const satisfies MemberDocs;

const name = {
  value: 'at most 64 letters, digits, spaces, `_`, `-`, `.`',
  meaning: 'Name for the log. Not given: the path, such as `rules.0`.',
};

export const brownoutDocs = {
  name,
  from: { value: `${moment}; with \`every\` a time such as \`10:00\``, meaning: 'Beginning.' },
  to: { value: 'as `from`; with `every` up to `24:00`', meaning: 'End.' },
  every: {
    value: '`monday`, `first monday` to `fourth monday`, `last monday`, `last day`, `day 1` to `day 28`',
    meaning: 'Days on which it recurs. Not given: it occurs once.',
  },
  since: { value: 'a date', meaning: 'First day on which a recurring one may begin.' },
  until: { value: 'a date', meaning: 'Last day on which a recurring one may begin.' },
  timeZone: { value: zone, meaning: 'Time zone of this one.' },
  only: { value: selections, meaning: 'Exchanges that it is about. Not given: all that need the gateway.' },
  except: { value: selections, meaning: 'Exchanges that it spares.' },
} as const satisfies MemberDocs;

export const selectionDocs = {
  project: { value: 'an id, or a list of ids', meaning: 'Project in the path of the request.' },
  agent: {
    value: 'a text or a list, each with `*` for any characters; `(none)` for requests without one',
    meaning: 'First 64 characters of the User-Agent.',
  },
  network: {
    value: 'an address, a network such as `192.0.2.0/24` or `2001:db8::/32`, `unix`, or a list of them',
    meaning: 'Address of the caller; `unix` for the unix socket.',
  },
  reason: {
    value: 'a need, or a list of them',
    meaning:
      'Need of the exchange. Without its member it stands for all members: `spelling`, or `spelling:accessIPv4`.',
  },
} as const satisfies MemberDocs;

export const ruleDocs = {
  name,
  from: { value: `${moment}, or \`sunset\``, meaning: 'Time from which it refuses.' },
  ...selectionDocs,
  except: { value: selections, meaning: 'Exchanges that it spares.' },
} as const satisfies MemberDocs;
