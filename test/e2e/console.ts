/**
 * The console as a person has it: a real host over a workspace of the test's own, and a real browser.
 * A test that leaves an error in the browser's console fails, whatever else it found.
 */
import { readFileSync } from 'node:fs'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, onTestFinished } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import type { Host } from '../../src/host/start.ts'
import { hostOf } from '../integration/workspaces.ts'
import { launchChromium } from './chromium.ts'

let browser: Browser | undefined

/** Gives the tests of a file their browser; called once, outside any test. It stays for the next file, and ends with this process. */
export function withBrowser(): void {
  beforeAll(async () => {
    if (browser?.isConnected() !== true) browser = await launchChromium()
  })
}

export interface Console {
  readonly page: Page
  readonly host: Host
  readonly client: Client
  /** The address without the token: `path` leads to a screen. */
  at(path: string): string
  /** From now on the browser may complain in such words. */
  tolerate(...words: readonly string[]): void
}

/** How the browser complains of a host that is away, or that goes in the middle of an answer. */
export const hostAway = ['WebSocket connection', 'net::ERR_'] as const

export const desk = { viewport: { width: 1280, height: 800 }, timezoneId: 'Europe/Berlin', locale: 'en-GB' } as const

/** Starts a host over the workspace and opens a screen of it in a fresh profile. */
export async function openConsole(
  workspace: string,
  { port = 0, ...options }: ScreenOptions & { readonly port?: number } = {},
): Promise<Console> {
  const { host, client } = await hostOf(workspace, { port })
  return { host, client, ...(await openScreen(host, options)) }
}

interface ScreenOptions extends BrowserContextOptions {
  readonly path?: string
}

/** Opens a screen of a host that runs already, in a fresh profile. */
export async function openScreen(
  { url, tokenFile }: Host,
  { path = '/', ...options }: ScreenOptions = {},
): Promise<Omit<Console, 'host' | 'client'>> {
  const { page, tolerate } = await openPage({ ...desk, ...options })
  await page.goto(entranceOf({ url, tokenFile }, path))
  return { page, tolerate, at: (to) => `${url}${to}` }
}

/** The address of a screen for whoever has not been there before. */
export function entranceOf({ url, tokenFile }: Pick<Host, 'url' | 'tokenFile'>, path = '/'): string {
  if (url === null) throw new Error('the host has no port')
  return `${url}${path}#token=${readFileSync(tokenFile, 'utf8').trim()}`
}

/** A page in a profile of its own, closed after the test. */
export async function openPage(options: BrowserContextOptions): Promise<Pick<Console, 'page' | 'tolerate'>> {
  const { page, tolerate, complaints } = await newPage(options)
  onTestFinished(async () => {
    await page.context().close()
    expect(complaints, 'the browser complained').toEqual([])
  })
  return { page, tolerate }
}

/** Pages that stay open for all tests of a file, each in a profile of its own: what they have loaded is loaded once. Called once, outside any test. */
export function withKeptPages<const Name extends string>(...names: readonly Name[]): (name: Name) => Page {
  const opened = new Map<Name, Awaited<ReturnType<typeof newPage>>>()
  beforeAll(async () => {
    for (const name of names) opened.set(name, await newPage(desk))
  })
  afterEach(() => {
    for (const { complaints } of opened.values()) expect(complaints.splice(0), 'the browser complained').toEqual([])
  })
  afterAll(async () => {
    for (const { page } of opened.values()) await page.context().close()
  })
  return (name) => opened.get(name)?.page ?? expect.fail(`no page ${name} is open`)
}

async function newPage(options: BrowserContextOptions) {
  if (browser === undefined) throw new Error('withBrowser() gives a file its browser')
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.setDefaultTimeout(40_000)
  const complaints: string[] = []
  const tolerated: string[] = []
  page.on('console', (message) => {
    if (message.type() !== 'error' || tolerated.some((words) => message.text().includes(words))) return
    complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message))
  return { page, complaints, tolerate: (...words: readonly string[]) => void tolerated.push(...words) }
}
