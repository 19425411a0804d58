import type { FileMembers } from './file-members.ts';

/** Longest URL of a link: header fields of a few kilobytes are refused by many clients. */
const mostCharacters = 1024;
/** The characters of a URI (RFC 3986). Any other could end the link, or the header field. */
const uri = /^[\w.~:/?#[\]@!$&'()*+,;=%-]+$/;

/** Read the URL of a link. */
export function readLink(members: FileMembers, name: string): string | undefined {
  const rule = 'a URL of http or https, such as https://docs.example.org/way-out';
  return members.parsed(name, rule, (text) => {
    if (text.length > mostCharacters) return { problem: `it must have at most ${mostCharacters} characters` };
    if (!uri.test(text)) return { problem: `it must be ${rule}, with other characters written as %XX` };
    if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return { problem: `it must be ${rule}` };
    const { username, password } = new URL(text);
    if (username !== '' || password !== '') return { problem: 'it must have no user and no password: callers see it' };
    return { value: text };
  });
}
