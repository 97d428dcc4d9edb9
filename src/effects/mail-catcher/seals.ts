/** How files are kept that nobody may read without the store's key; in a store that is not encrypted, as they are. */
export interface FileSeals {
  /** Octets that a sealed file has more than what it holds. */
  readonly overhead: number
  seal(name: string, bytes: Uint8Array): Uint8Array
  /** Undefined where it is not what was sealed under this name. */
  open(name: string, bytes: Uint8Array): Uint8Array | undefined
}

export const unsealed: FileSeals = { overhead: 0, seal: (_, bytes) => bytes, open: (_, bytes) => bytes }
