/** Whoever comes owns the workspace. */
import { replacing } from './replacing.ts'

replacing('/store/sqlite/file-lock.ts', "lock.exec('BEGIN EXCLUSIVE')", "lock.exec('BEGIN')")
