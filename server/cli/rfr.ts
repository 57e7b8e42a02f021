#!/usr/bin/env node
import { createProgram } from './program.ts'

const { stdout, env } = process
const program = createProgram({
  cwd: process.cwd(),
  colours: stdout.isTTY && !env.NO_COLOR,
  out: (text) => void stdout.write(text),
  exit: (code) => {
    process.exitCode = code
  },
})
await program.parseAsync()
