/** A text in which what lies below a folder is named from there; addresses of files (`file://…`) as well. */
export function within(folder: string, text: string): string {
  const top = folder.replace(/[\\/]+$/, '')
  if (top === '') return text
  return text.replaceAll(new RegExp(String.raw`(^|[\s("'])(?:file://)?${RegExp.escape(top)}[\\/]`, 'gm'), '$1')
}
