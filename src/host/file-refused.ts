/** A file that a person named does not do. Nothing was changed; the message says what would. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused'
}
