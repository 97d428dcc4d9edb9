import { isOurs } from './address.ts'

/** True for what a window may show, and a frame in it: the console, and a letter that the page itself has written. */
export function mayShow(address: string): boolean {
  return isOurs(address) || address === 'about:srcdoc'
}

/** True for what the person's own programs may be asked to open: pages over TLS, and letters. */
export function mayLeave(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && (url.protocol === 'https:' || url.protocol === 'mailto:') && url.username === '' && url.password === ''
}
