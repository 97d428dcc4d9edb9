/** npm runs scripts in the project's folder; paths that the user gave belong to the folder where npm was called. */
export function whereTheUserStands() {
  const byNpm = ['start', 'cairn'].includes(process.env['npm_lifecycle_event'] ?? '')
  return (byNpm ? process.env['INIT_CWD'] : undefined) ?? process.cwd()
}
