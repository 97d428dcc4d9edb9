/**
 * Pictures of the console over a host that runs already, to be looked at:
 * `node test/e2e/look.ts URL-WITH-TOKEN FOLDER PATH...`, each path in both themes at each size of SIZES
 * (default 1280x800,1920x1080). A path may be followed by `::` and a selector to press, several times.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { launchChromium } from './chromium.ts'

const [address, folder, ...paths] = process.argv.slice(2)
if (address === undefined || folder === undefined) throw new Error('give the address that the host printed, a folder, and paths')
const { origin, hash } = new URL(address)
const sizes = (process.env['SIZES'] ?? '1280x800,1920x1080').split(',')
const themes = (process.env['THEMES'] ?? 'light,dark').split(',')

mkdirSync(folder, { recursive: true })
const browser = await launchChromium()
for (const theme of themes) {
  for (const size of sizes) {
    const [width = 1280, height = 800] = size.split('x').map(Number)
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: theme === 'dark' ? 'dark' : 'light',
    })
    const page = await context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') process.stdout.write(`${message.text()}\n`)
    })
    page.on('pageerror', (error) => process.stdout.write(`${error.stack ?? error.message}\n`))
    for (const [index, path] of paths.entries()) {
      const [to = '/', ...presses] = path.split('::')
      await page.goto('about:blank')
      await page.goto(`${origin}${to}${hash}`)
      await page.locator('main').waitFor()
      for (const press of presses) await page.locator(press).first().click()
      await page.waitForLoadState('networkidle')
      await page.waitForTimeout(700)
      const name = `${to.replaceAll(/[^\w]+/g, '_').slice(0, 40) || 'root'}-${index}-${theme}-${size}.png`
      await page.screenshot({ path: join(folder, name) })
      process.stdout.write(`${join(folder, name)}\n`)
    }
    await context.close()
  }
}
await browser.close()
