import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const here = import.meta.dirname

/** The page from client/, the server bundles from server/ (`--ssr`), and the tests, which run from the root. */
export default defineConfig(({ isSsrBuild }) => ({
  root: isSsrBuild || process.env['VITEST'] ? here : join(here, 'client'),
  plugins: [react()],
  build: isSsrBuild
    ? {
        ssr: true,
        target: 'node20',
        outDir: join(here, 'dist/server'),
        emptyOutDir: true,
        sourcemap: true,
        copyPublicDir: false,
        rolldownOptions: {
          input: {
            main: join(here, 'server/main.ts'),
            rfr: join(here, 'server/cli/rfr.ts'),
            // Scenarios are read in a thread of its own, which is a file of its own.
            checkWorker: join(here, 'server/scenario/checkWorker.ts'),
          },
          output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      }
    : {
        outDir: join(here, 'dist/client'),
        emptyOutDir: true,
        // light-dark() is left to the browser: one list of colours, and the theme switch works by color-scheme alone.
        cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
        // A data: address would need a hole in the content security policy.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        // Modules run in the order they are imported in, whichever file they land in: firstThings.ts must be first.
        rolldownOptions: { output: { strictExecutionOrder: true } },
      },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    reporters: ['default'],
    css: { modules: { classNameStrategy: 'non-scoped' } },
    benchmark: { include: ['test/bench/**/*.bench.ts'] },
  },
}))
