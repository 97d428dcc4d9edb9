/** Where processes that run the same keep what they have compiled of it: the next one need not. */
export const compiled = { NODE_COMPILE_CACHE: new URL('../node_modules/.cache/cairn/compiled', import.meta.url).pathname }

/** The environment of one of many processes that run the same. */
export const compiledOnce: NodeJS.ProcessEnv = { ...process.env, ...compiled }
