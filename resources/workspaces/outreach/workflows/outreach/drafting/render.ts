import { Liquid } from 'liquidjs'

const liquid = new Liquid({ strictVariables: true, strictFilters: true, cache: true })

/** Fills a template. @throws where it names a variable that is not given. */
export function render(template: string, variables: Readonly<Record<string, unknown>>): string {
  return String(liquid.parseAndRenderSync(template, variables))
}
