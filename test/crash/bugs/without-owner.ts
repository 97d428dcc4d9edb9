/** Whoever comes owns the workspace. */
import { replacing } from './replacing.ts'

replacing('/store/owner.ts', "lock.exec('BEGIN EXCLUSIVE')", "lock.exec('BEGIN')")
