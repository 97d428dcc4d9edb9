/** The environment of one of many processes that run the same: what one of them has compiled, the next one need not. */
export const compiledOnce: NodeJS.ProcessEnv = {
  ...process.env,
  NODE_COMPILE_CACHE: new URL('../../node_modules/.cache/cairn/compiled', import.meta.url).pathname,
}
