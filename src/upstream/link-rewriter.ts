import type { LinkBase } from './links.ts';

/** The longest text that a pattern matches, in characters; the parts of the patterns below are limited accordingly. */
const longestMatch = 1024;
/** The text that is collected before it is searched, so that tiny chunks do not cost a search each. */
const searchedTogether = 4096;

/** The text before a string that tells whether it is an `href`, in characters. */
const longestBefore = 32;
const href = /"href"\s{0,8}:\s{0,8}"$/;

/** A slash in JSON, which some printers escape. */
const slash = String.raw`\\?\/`;
const scheme = `https?:${slash}${slash}`;
/** The end of an origin or of a segment, so that neither `cloud.example` nor `cloud:9292` is taken for `cloud`. */
const boundary = String.raw`(?=["/?#\\])`;
/** Any URL of v2.1, as a cloud writes it whose operator has set an address for links. */
const anyCompute = new RegExp(
  String.raw`${scheme}[^"/?#\\\s]{1,261}(?:${slash}[^"?#\\\s]{0,128}?)?${slash}(v2\.1)${boundary}`,
  'iy',
);

/** The functions that convert links of one answer. */
export interface LinkRewriter {
  /** Convert the links of a whole body, in latin1. */
  whole(text: string): string;
  /** Convert the next part of a body that arrives in parts, and return what can be sent of it. */
  part(chunk: Buffer): Buffer | undefined;
  /** Return the rest of that body. */
  rest(): Buffer | undefined;
}

/** The patterns of links to one cloud. */
export interface CloudLinks {
  /** @param isCompute true if the answer is one of the compute API, in which every link to v2.1 is one to this cloud */
  rewriter(base: LinkBase, isCompute: boolean): LinkRewriter;
  /** Convert the links in the value of a header field. */
  inField(value: string, base: LinkBase): string;
}

/**
 * Create the conversion of links to a cloud in JSON that is otherwise passed on byte by byte. It needs no parser: a quote that
 * is not escaped and followed by a scheme begins a string. Two kinds of strings are links: those that begin with the URL
 * of the cloud, by either scheme, and each `href` to v2.1, at whatever host. Text inside of strings is the caller's own.
 * @param cloudUrl the URL of the cloud up to the version
 */
export function createCloudLinks(cloudUrl: string): CloudLinks {
  const { hostname, port, pathname } = new URL(cloudUrl);
  const ports = port === '' ? '(?::(?:80|443))?' : `:${port}`;
  const segments = pathname.replace(/\/+$/, '').split('/');
  const path = segments.map((segment) => RegExp.escape(segment)).join(slash);
  const begin = `${scheme}${RegExp.escape(hostname)}${ports}${path}(?:${slash}(v2\\.1|v2)`;
  const own = new RegExp(`${begin}${boundary})?${boundary}`, 'iy');
  const end = String.raw`(?=[/?#>";,\s]|$)`;
  const field = new RegExp(`${begin}${end})?${end}`, 'gi');
  return {
    rewriter: (base, isCompute) => new Rewriter(own, base, isCompute),
    inField: (value, base) => value.replace(field, (_, version?: string) => base.publicUrl + versionFor(version, base)),
  };
}

/** Choose the version of a link: that of a legacy caller, who knows no other, or the cloud's. */
function versionFor(found: string | undefined, { version }: LinkBase): string {
  if (found === undefined) return '';
  return `/${version === 'v1.1' || version === 'v2' ? version : found.toLowerCase()}`;
}

class Rewriter implements LinkRewriter {
  readonly #own: RegExp;
  readonly #base: LinkBase;
  readonly #isCompute: boolean;
  /** The text that has not been sent, behind the last characters that were. */
  #held = '';
  /** The number of those. */
  #sent = 0;

  constructor(own: RegExp, base: LinkBase, isCompute: boolean) {
    this.#own = own;
    this.#base = base;
    this.#isCompute = isCompute;
  }

  whole(text: string): string {
    return this.#convert(text, 0, text.length).written;
  }

  part(chunk: Buffer): Buffer | undefined {
    this.#held += chunk.toString('latin1');
    return this.#held.length < searchedTogether ? undefined : this.#send(this.#held.length - longestMatch);
  }

  rest(): Buffer | undefined {
    return this.#send(this.#held.length);
  }

  /** Convert the links that begin before an index, behind which one may still be incomplete. */
  #send(until: number): Buffer | undefined {
    const { written, end } = this.#convert(this.#held, this.#sent, until);
    this.#sent = Math.min(end, longestBefore);
    this.#held = this.#held.slice(end - this.#sent);
    return written === '' ? undefined : Buffer.from(written, 'latin1');
  }

  #convert(text: string, from: number, until: number): { readonly written: string; readonly end: number } {
    let written = '';
    let end = from;
    for (let at = text.indexOf('"http', from); at !== -1 && at < until; at = text.indexOf('"http', at + 1)) {
      const [link = '', version] = this.#linkAt(text, at) ?? [];
      if (link === '') continue;
      written += text.slice(end, at + 1) + this.#base.publicUrl + versionFor(version, this.#base);
      end = at + 1 + link.length;
    }
    const last = Math.max(end, until);
    return { written: written + text.slice(end, last), end: last };
  }

  /** Match the URL in a string that begins at an index. A quote behind a backslash is one inside of a string. */
  #linkAt(text: string, at: number): RegExpExecArray | null {
    if (text[at - 1] === '\\') return null;
    const own = this.#own;
    own.lastIndex = at + 1;
    const found = own.exec(text);
    if (found !== null || !this.#isCompute || !href.test(text.slice(Math.max(0, at - longestBefore), at + 1)))
      return found;
    anyCompute.lastIndex = at + 1;
    return anyCompute.exec(text);
  }
}
