/** Elements that load or run something, or that the page's policy would refuse anyway. */
const barred = 'script, style, link, meta, base, object, embed, applet, iframe, frame, frameset, form, audio, video, svg image, template'

export interface TamedPage {
  readonly page: string
  /** How many parts were left out because they would have loaded something, or run. */
  readonly left: number
}

/**
 * HTML without what would reach out of it. The frame's sandbox and the page's policy refuse the same; this keeps the
 * attempts from being made at all, and counts them.
 */
export function tamed(html: string): TamedPage {
  const page = new DOMParser().parseFromString(html, 'text/html')
  let left = 0
  for (const element of page.querySelectorAll(barred)) {
    left += 1
    element.remove()
  }
  for (const element of page.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      if (!reachesOut(element, name, value)) continue
      left += 1
      element.removeAttribute(name)
    }
  }
  page.documentElement.style.colorScheme = 'light'
  page.body.style.font = '14px/1.5 sans-serif'
  return { page: page.documentElement.outerHTML, left }
}

const loading: ReadonlySet<string> = new Set(['src', 'srcset', 'background', 'poster', 'data', 'ping', 'action', 'formaction'])

function reachesOut(element: Element, name: string, value: string): boolean {
  if (name.startsWith('on')) return true
  // A backslash spells a name so that nobody finds it: `u\72l(` is `url(`.
  if (name === 'style') return /url\s*\(|@import|image-set|\\/i.test(value)
  if (name === 'href' || name === 'xlink:href') return !element.matches('a, area') && !value.trim().startsWith('#')
  return loading.has(name) && !/^data:image\//i.test(value.trim())
}
