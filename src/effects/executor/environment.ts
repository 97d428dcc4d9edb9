/** What a process may know of its host's environment: how to find programs, folders, languages and authorities. */
const inherited = new Set([
  ...['PATH', 'HOME', 'USER', 'SHELL', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR', 'TMP', 'TEMP'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
  ...['SYSTEMROOT', 'SYSTEMDRIVE', 'COMSPEC', 'PATHEXT', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA'],
])

/** The environment of a process that runs workflow code: of the host's, what such a process needs. */
export function inheritedEnvironment(): Record<string, string> {
  const own = Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  // Windows does not tell Path from PATH.
  return Object.fromEntries(own.filter(([name]) => inherited.has(name.toUpperCase())))
}
