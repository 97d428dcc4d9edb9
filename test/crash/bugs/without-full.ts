/** What makes a commit last through a power cut is not set. */
import { replacing } from './replacing.ts'

replacing('/store/sqlite/connection.ts', 'db.pragma(`synchronous = ${synchronous[durability]}`)', '')
