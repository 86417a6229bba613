/** How much one chat of the playground holds. The schemas refuse more; whoever makes a chat stops there. */

/** Tools: programs that write code send over a hundred, with those of their servers. */
export const MOST_TOOLS = 512;
/** Files of one message. */
export const MOST_FILES = 20;
/** A JSON schema, characters of its text. */
export const LONGEST_SCHEMA = 200_000;
