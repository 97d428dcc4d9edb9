/** The address of the console on the desktop. The URL of a scheme of one's own has no origin that could be compared. */
export const scheme = 'app'
export const host = 'console'

export const home = `${scheme}://${host}`

/** True for addresses of the console and no others. */
export function isOurs(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === `${scheme}:` && url.host === host && url.username === '' && url.password === ''
}
