/** Words that must stand on no disk, whichever way they are written, and the search for them. */
import { randomBytes } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Words by their names; each is contained in nothing else. */
export type Canaries = Readonly<Record<string, string>>

export function canariesOf(...names: readonly string[]): Canaries {
  return Object.fromEntries(names.map((name) => [name, `canary${randomBytes(9).toString('hex')}`]))
}

/** The ways in which a word may be written in a file, by what they are called. */
function writings(word: string): readonly (readonly [string, Buffer])[] {
  // Of three bytes base64 makes four letters: it is another text at each of three places, but for its ends.
  const inBase64 = [0, 1, 2].flatMap((before) => {
    const text = Buffer.from('x'.repeat(before) + word).toString('base64')
    return [text.slice(4, -4), text.slice(4, -4).replaceAll('+', '-').replaceAll('/', '_')]
  })
  return [
    ['plain', Buffer.from(word)],
    ['upper case', Buffer.from(word.toUpperCase())],
    ['UTF-16', Buffer.from(word, 'utf16le')],
    ['hex', Buffer.from(Buffer.from(word).toString('hex'))],
    ['backwards', Buffer.from([...word].toReversed().join(''))],
    ...inBase64.map((text) => ['base64', Buffer.from(text)] as const),
  ]
}

/** Where any of the words stands in a file below a folder: `name, way of writing, file`. */
export function sightings(folder: string, canaries: Canaries): string[] {
  const sought = Object.entries(canaries).flatMap(([name, word]) => writings(word).map(([way, bytes]) => ({ name, way, bytes })))
  return filesBelow(folder).flatMap((file) => {
    const content = readFileSync(file)
    return sought.filter(({ bytes }) => content.includes(bytes)).map(({ name, way }) => `${name}, ${way}, ${file}`)
  })
}

/** Every file; what is no file (a socket) or is gone by now holds nothing. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => !file.includes('node_modules') && lstatSync(file, { throwIfNoEntry: false })?.isFile() === true)
}
