/** The longest User-Agent that the log or a span has, in characters: callers choose its length. */
export const longestAgent = 200;
