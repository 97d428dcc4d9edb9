import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { entrySources } from './src/host/program.ts'

/** The page is the answer to every address, however deep: its parts are named from the root. electron-vite says otherwise. */
const fromTheRoot: Plugin = {
  name: 'from-the-root',
  enforce: 'post',
  config(config) {
    config.base = '/'
  },
}

/** What workflows import is made by itself: a workflow's bundle holds all of it. */
const { sdk: _, ...programs } = entrySources

export default defineConfig({
  main: {
    build: {
      sourcemap: true,
      // Bundled too, so that a process starts by reading few files; what needs files of its own stays in node_modules.
      externalizeDeps: false,
      rolldownOptions: {
        external: ['better-sqlite3', 'esbuild', 'open'],
        input: { ...programs, main: 'src/main/main.ts' },
        // Chunks lie beside the entries: `src/host/program.ts` finds its way from there.
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'src/preload/preload.ts' },
        // In a sandbox it is one CommonJS file, whatever our package is.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    plugins: [react(), fromTheRoot],
    build: { sourcemap: true, minify: true, target: 'es2024', assetsInlineLimit: 0, rolldownOptions: { input: 'src/renderer/index.html' } },
    worker: { format: 'es' },
  },
})
