/** Where things stand in a checkout. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** The entry of a built program. @param {string} name */
export const built = (name) => join(root, 'out', 'main', `${name}.js`)
