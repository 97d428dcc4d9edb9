import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { entrySources } from './src/host/program.ts'

// electron-vite asks the electron package for its version to choose what the bundles may use. Until the desktop
// brings that package along, this names the oldest major that has our Node, 24.
process.env['ELECTRON_MAJOR_VER'] ??= '44'

/** The page is the answer to every address, however deep: its parts are named from the root. electron-vite says otherwise. */
const fromTheRoot: Plugin = {
  name: 'from-the-root',
  enforce: 'post',
  config(config) {
    config.base = '/'
  },
}

export default defineConfig({
  main: {
    build: {
      sourcemap: true,
      // Bundled too, so that a process starts by reading few files; what needs files of its own stays in node_modules.
      externalizeDeps: false,
      rolldownOptions: {
        external: ['better-sqlite3', 'esbuild', 'open'],
        input: entrySources,
        // Chunks lie beside the entries: `src/host/program.ts` finds its way from there.
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
      },
    },
  },
  renderer: {
    plugins: [react(), fromTheRoot],
    build: { sourcemap: true, minify: true, target: 'es2024', assetsInlineLimit: 0, rolldownOptions: { input: 'src/renderer/index.html' } },
    worker: { format: 'es' },
  },
})
