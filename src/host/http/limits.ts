/** The largest request that any transport takes, in bytes: room for the largest value that the store keeps. */
export const largestRequest = 32 * 1024 * 1024
