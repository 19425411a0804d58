/** The formats in which documents are written from a tape. */
export type TapeFormat = 'xml' | 'json';
